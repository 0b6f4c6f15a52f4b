"""The picture of a diff: two maps on one sheet, part by part. What came, what went and what is otherwise is always said by an
icon and a word; colour only helps to find it."""
