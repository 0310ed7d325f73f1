"""What a page shows, as plain objects: figures in words, bars, differences explained. No queries."""
