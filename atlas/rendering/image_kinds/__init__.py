"""What a laid-out page may become: one module per kind of image, found in `registry`."""
