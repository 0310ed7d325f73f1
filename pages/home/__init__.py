"""What each page type hands to its template: a few queries, whatever it lists, and then presentation."""
