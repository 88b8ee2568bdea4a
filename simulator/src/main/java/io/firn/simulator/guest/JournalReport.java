package io.firn.simulator.guest;

/// What the check of the cross-disk journal found. Each record is committed to the first disk,
/// flushed, then to the second; so the second never holds a record that the first lacks, unless the
/// disks are from different instants or blocks are lost.
public record JournalReport(
    boolean consistent, long recordsFirst, long recordsSecond, String explanation) {}
