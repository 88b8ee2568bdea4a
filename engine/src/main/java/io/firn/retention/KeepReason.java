package io.firn.retention;

import io.firn.point.ConsistencyLevel;
import io.firn.point.Protection;
import java.time.Instant;

/// Why a point stays.
public sealed interface KeepReason {
  /// For people: one phrase.
  String text();

  /// A rule keeps it as the `number`-th of its points of a machine; `oldest` where the rule had
  /// room left and so keeps the oldest point, whatever its period.
  record ByRule(KeepRule rule, int number, boolean oldest, Subject subject) implements KeepReason {
    @Override
    public String text() {
      String which =
          switch (rule) {
            case KeepRule.Last(int count) -> rule.label() + of(count);
            case KeepRule.Every(Period _, int count) -> rule.label() + of(count);
            case KeepRule.Within _, KeepRule.EveryWithin _ -> rule.label();
          };
      return (oldest ? "oldest, " : "") + which + " for " + subject.text();
    }

    private String of(int count) {
      return count == KeepRule.ALL ? " " + number : " " + number + " of " + count;
    }
  }

  /// A person protects it.
  record ByPerson(Protection protection) implements KeepReason {
    @Override
    public String text() {
      return "protected " + protection.text();
    }
  }

  /// The storage protects it.
  record ByStorage(Instant until) implements KeepReason {
    @Override
    public String text() {
      return "locked by the storage until " + until;
    }
  }

  /// The machine would be left without any point.
  record LastOf(Subject subject) implements KeepReason {
    @Override
    public String text() {
      return "last point of " + subject.text();
    }
  }

  /// All points of the machine that the rules keep are weaker.
  record BestOf(Subject subject, ConsistencyLevel level) implements KeepReason {
    @Override
    public String text() {
      return "newest " + level.label() + "-consistent point of " + subject.text();
    }
  }

  /// It holds a machine that was not selected.
  record OtherMachine(Subject subject) implements KeepReason {
    @Override
    public String text() {
      return "also holds " + subject.text() + ", which is not selected";
    }
  }
}
