"""What customers write and the call centre notes: everyday Persian, some English, known feelings."""
