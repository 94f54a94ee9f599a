"""What can go wrong before and around the pipeline, in words for the person who started it.

TallyError
  InputError
    MissingInputError      a file or folder that is not there
    NoInputError           a pattern or a folder that holds nothing to read
    UnreadableInputError   something that is there and cannot be read
  SettingsError            a setting that is not there or cannot have the value given
  KafkaError               a broker or topic that cannot be used, or refuses us
  FlinkError               a Flink or job server that does not answer, or a job that fails
  RunsAlreadyError         a feed of this name that runs
"""

from __future__ import annotations


class TallyError(Exception):
    """Base of all errors that a person can mend; the message says how."""


class InputError(TallyError):
    """The inputs given cannot be used."""


class MissingInputError(InputError):
    """A file or folder that is not there."""


class NoInputError(InputError):
    """A pattern that nothing matches, or a folder without a file of articles."""


class UnreadableInputError(InputError):
    """A file that is there and cannot be read."""


class SettingsError(TallyError):
    """A setting that is not there, or cannot have the value given."""


class KafkaError(TallyError):
    """A broker or topic that cannot be used, or refuses us."""


class FlinkError(TallyError):
    """A Flink or job server that does not answer, or a job that fails."""


class RunsAlreadyError(TallyError):
    """A feed of this name runs already."""
