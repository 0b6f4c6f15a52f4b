"""What can be asked of journeys: one file of this folder is one question."""

# Modules that the questions share; everything else in this folder is a question.
SHARED = ("question",)
