"""How the program that reads workbooks ends when it cannot."""

EXIT_PASSWORD, EXIT_TOO_LARGE, EXIT_BINARY_XLSX = 11, 12, 13
