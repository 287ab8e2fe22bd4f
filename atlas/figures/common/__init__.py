"""What all figures are made of: context, style, caption, legend, expressions of the browser."""
