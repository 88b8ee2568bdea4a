package io.firn.bench;

/// What is measured, in this order. The limits are Firn's wall time against that of restic 0.14;
/// they come from what is asked of Firn against every peer, with the ratios of those peers to
/// restic 0.14 where they are not installed (docs/performance.md).
enum Step {
  FULL("first full", 0.36),
  CHANGED("1 % changed, reading all", 0.236),
  UNCHANGED("unchanged, reading all", 0.35),
  RANGES("1 % changed, changed ranges given", 0.10),
  RESTORE("restore to a sparse file", 0.2125);

  private final String title;
  private final double limit;

  Step(String title, double limit) {
    this.title = title;
    this.limit = limit;
  }

  String title() {
    return title;
  }

  double limit() {
    return limit;
  }
}
