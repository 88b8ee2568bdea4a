package io.firn.repository;

/// What became of [ChangedRanges].
public sealed interface ChangesOutcome {
  /// There were none: the whole disk was read.
  record NotGiven() implements ChangesOutcome {}

  /// The ranges were followed; so many blocks were taken over from the parent, and so many of them
  /// read again and found the same.
  record Followed(long blocksKept, long blocksChecked) implements ChangesOutcome {}

  /// They did not fit the disk or the parent: the whole disk was read.
  record Refused(String reason) implements ChangesOutcome {}

  /// They lied: a block that they call unchanged differs from the parent at `offsetBytes`. The
  /// whole disk was read.
  record Disproved(long offsetBytes) implements ChangesOutcome {}
}
