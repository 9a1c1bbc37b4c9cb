"""Pages on paper: geometry, print files, separations, folds, and their proof."""
