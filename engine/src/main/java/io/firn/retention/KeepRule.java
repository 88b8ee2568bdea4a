package io.firn.retention;

/// One rule of a policy. A count of [#ALL] means no end.
public sealed interface KeepRule {
  /// No end to a count.
  int ALL = -1;

  /// As it is printed: `last`, `daily`, `within 7d`.
  String label();

  /// The newest points.
  record Last(int count) implements KeepRule {
    public Last {
      requireCount(count);
    }

    @Override
    public String label() {
      return "last";
    }
  }

  /// The newest point of each of the newest periods that have one.
  record Every(Period period, int count) implements KeepRule {
    public Every {
      requireCount(count);
    }

    @Override
    public String label() {
      return period.label();
    }
  }

  /// All points not older than that, counted back from the newest one.
  record Within(Span span) implements KeepRule {
    @Override
    public String label() {
      return "within " + span;
    }
  }

  /// The newest point of each period, for points not older than that.
  record EveryWithin(Period period, Span span) implements KeepRule {
    @Override
    public String label() {
      return period.label() + " within " + span;
    }
  }

  private static void requireCount(int count) {
    if (count < 1 && count != ALL) {
      throw new IllegalArgumentException("a rule keeps at least one point, not " + count);
    }
  }
}
