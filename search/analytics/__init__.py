"""What the portal learns from being asked, without knowing who asked."""
