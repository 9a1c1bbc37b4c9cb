"""What a print run needs: pack, phone tree, labels, notices, point card, report."""
