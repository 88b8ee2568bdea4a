package io.firn.retention;

import static io.firn.retention.Points.crash;
import static io.firn.retention.Points.held;
import static io.firn.retention.Points.machine;
import static io.firn.retention.Points.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.point.PointSummary;
import io.firn.point.Protection;
import io.firn.repository.SnapshotId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgetPlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private final ForgetPlanner planner = new ForgetPlanner(InstantSource.fixed(NOW));

  @Test
  void last_two_saysWhichTheyAre() {
    ForgetPlan plan = plan(days(5, "a"), new KeepRule.Last(2));

    assertThat(texts(plan)).containsExactly("last 2 of 2 for vm/a", "last 1 of 2 for vm/a");
  }

  /// Points of one machine, oldest first; those with a star are to be kept.
  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          last 2            | UTC           | 11-01T10:00  *11-02T10:00 *11-02T10:01
          last unlimited    | UTC           | *11-01T10:00 *11-02T10:00
          hourly 2          | UTC           | 11-20T09:59  *11-20T10:59 11-20T11:00  *11-20T11:30
          daily 2           | UTC           | 11-20T23:00  *11-21T01:00 11-22T01:00  *11-22T23:59
          daily 2           | Europe/Berlin | 11-20T12:00  *11-21T22:00 11-21T23:30  *11-22T01:00
          weekly 2          | UTC           | 11-01T10:00  *11-15T23:59 11-16T00:00  *11-22T10:00
          weekly 2          | Europe/Berlin | 11-01T10:00  *11-15T22:59 11-15T23:00  *11-22T10:00
          monthly 2         | UTC           | 09-30T10:00  *10-31T23:59 11-01T00:00  *11-02T10:00
          monthly 12        | UTC           | *11-01T10:00 11-02T10:00  *11-03T10:00
          yearly 1          | UTC           | 01-01T00:00  11-03T10:00  *11-23T10:00
          within 3d         | UTC           | 11-10T10:00  *11-13T10:00 *11-15T10:00
          within 12h        | UTC           | 11-14T22:00  *11-14T22:01 *11-15T10:00
          within-hourly 2h  | UTC           | 11-15T07:30  11-15T09:00  *11-15T09:50 *11-15T10:00
          within-daily 2d   | UTC           | 11-12T10:00  11-14T09:00  *11-14T10:00 *11-15T10:00
          within-weekly 14d | UTC           | 11-01T09:00  11-02T10:00  *11-03T10:00 *11-15T10:00
          within-monthly 2m | UTC           | 09-14T10:00  *09-30T10:00 11-01T10:00  *11-15T10:00
          within-yearly 1y  | UTC           | *01-01T00:00 11-02T10:00  *11-15T10:00
          """)
  void rule_keeps(String rule, String zone, String line) {
    List<String> words = List.of(line.split("\\s+"));
    List<PointSummary> points =
        words.stream().map(word -> point("2026-" + word.replace("*", "") + ":00Z", "a")).toList();

    RetentionPolicy policy = new RetentionPolicy(List.of(rule(rule)), ZoneId.of(zone), true);

    assertThat(times(planner.plan(points, policy, _ -> true)))
        .containsExactlyElementsOf(
            words.stream()
                .filter(word -> word.startsWith("*"))
                .map(word -> "2026-" + word.substring(1) + ":00Z")
                .toList());
  }

  private static KeepRule rule(String text) {
    String[] words = text.split(" ");
    String period = words[0].replace("within-", "").toUpperCase(Locale.ROOT);
    return switch (words[0]) {
      case "last" -> new KeepRule.Last(count(words[1]));
      case "within" -> new KeepRule.Within(Span.parse(words[1]));
      case "hourly", "daily", "weekly", "monthly", "yearly" ->
          new KeepRule.Every(Period.valueOf(period), count(words[1]));
      default -> new KeepRule.EveryWithin(Period.valueOf(period), Span.parse(words[1]));
    };
  }

  private static int count(String text) {
    return text.equals("unlimited") ? KeepRule.ALL : Integer.parseInt(text);
  }

  @Test
  void weekly_atTheTurnOfTheYear_followsIsoWeeks() {
    List<PointSummary> points =
        List.of(
            point("2024-12-01T10:00:00Z", "a"),
            point("2024-12-29T10:00:00Z", "a"),
            point("2024-12-30T10:00:00Z", "a"),
            point("2025-01-05T10:00:00Z", "a"));

    assertThat(times(plan(points, new KeepRule.Every(Period.WEEKLY, 2))))
        .containsExactly("2024-12-29T10:00:00Z", "2025-01-05T10:00:00Z");
  }

  @Test
  void oldest_withRoomLeft_isSaidToBeTheReason() {
    ForgetPlan plan = plan(days(3, "a"), new KeepRule.Every(Period.MONTHLY, 12));

    assertThat(texts(plan))
        .containsExactly("oldest, monthly 2 of 12 for vm/a", "monthly 1 of 12 for vm/a");
  }

  @Test
  void within_countsBackFromTheNewestPointThatIsNotInTheFuture() {
    List<PointSummary> points =
        List.of(
            point("2026-11-10T10:00:00Z", "a"),
            point("2026-11-13T10:00:00Z", "a"),
            point("2026-11-15T10:00:00Z", "a"),
            point("2031-01-01T00:00:00Z", "a"));

    assertThat(times(plan(points, new KeepRule.Within(Span.parse("3d")))))
        .containsExactly("2026-11-13T10:00:00Z", "2026-11-15T10:00:00Z", "2031-01-01T00:00:00Z");
  }

  @Test
  void point_ofSeveralMachines_staysWhileAnyNeedsIt() {
    PointSummary both = point("2026-11-01T10:00:00Z", "a", "b");
    PointSummary newer = point("2026-11-02T10:00:00Z", "a");

    ForgetPlan plan = plan(List.of(both, newer), new KeepRule.Last(1));

    assertThat(plan.forgotten()).isEmpty();
    assertThat(texts(plan)).containsExactly("last 1 of 1 for vm/b", "last 1 of 1 for vm/a");
  }

  @Test
  void clusters_withMachinesOfOneName_areCountedApart() {
    PointSummary here = point("2026-11-01T10:00:00Z", "a");
    Subject one = new Subject("one", machine("a"));

    assertThat(Subject.of(here)).doesNotContain(one).hasSize(1);
  }

  @Test
  void pool_countsAsOneMachine_whateverItsMembersAre() {
    List<PointSummary> points =
        List.of(
            point("2026-11-01T10:00:00Z", "vmpool/web", "web-0", "web-1"),
            point("2026-11-02T10:00:00Z", "vmpool/web", "web-0"),
            point("2026-11-03T10:00:00Z", "vmirs/job", "vmi/job-x1z"),
            point("2026-11-04T10:00:00Z", "vmirs/job", "vmi/job-k8d"));

    ForgetPlan plan = plan(points, new KeepRule.Last(1));

    assertThat(times(plan)).containsExactly("2026-11-02T10:00:00Z", "2026-11-04T10:00:00Z");
    assertThat(texts(plan))
        .containsExactly("last 1 of 1 for vmpool/web", "last 1 of 1 for vmirs/job");
  }

  @Test
  void point_withoutMachines_countsForItsNamespace() {
    ForgetPlan plan = plan(days(2), new KeepRule.Last(1));

    assertThat(texts(plan)).containsExactly("last 1 of 1 for namespace/shop");
  }

  @Test
  void weakerPoints_doNotPushOutTheLastGoodOne() {
    List<PointSummary> points =
        List.of(
            point("2026-11-01T10:00:00Z", "a"),
            point("2026-11-02T10:00:00Z", "a"),
            crash("2026-11-03T10:00:00Z", "a"),
            crash("2026-11-04T10:00:00Z", "a"));

    ForgetPlan plan = plan(points, new KeepRule.Last(1));
    ForgetPlan unguarded =
        planner.plan(
            points,
            new RetentionPolicy(List.of(new KeepRule.Last(1)), ZoneOffset.UTC, false),
            _ -> true);

    assertThat(times(plan)).containsExactly("2026-11-02T10:00:00Z", "2026-11-04T10:00:00Z");
    assertThat(texts(plan)).first().isEqualTo("newest filesystem-consistent point of vm/a");
    assertThat(times(unguarded)).containsExactly("2026-11-04T10:00:00Z");
  }

  @Test
  void goodPoint_thatIsKeptAnyway_isNoReasonToKeepAnother() {
    List<PointSummary> points =
        List.of(point("2026-11-01T10:00:00Z", "a"), point("2026-11-02T10:00:00Z", "a"));

    assertThat(plan(points, new KeepRule.Last(1)).forgotten()).hasSize(1);
  }

  @Test
  void protectedPoint_stays_untilItsTime() {
    PointSummary held =
        held(new Protection(Optional.of(NOW.plusSeconds(1)), "audit"), "2020-01-01T00:00:00Z", "a");
    PointSummary over =
        held(new Protection(Optional.of(NOW), "audit"), "2020-01-02T00:00:00Z", "a");
    PointSummary newest = point("2026-11-01T10:00:00Z", "a");

    ForgetPlan plan = plan(List.of(held, over, newest), new KeepRule.Last(1));

    assertThat(plan.forgotten()).containsExactly(over);
    assertThat(texts(plan)).first().isEqualTo("protected until 2026-11-24T20:00:01Z (audit)");
  }

  @Test
  void machines_notSelected_keepTheirPoints() {
    List<PointSummary> points =
        List.of(
            point("2026-11-01T10:00:00Z", "a", "b"),
            point("2026-11-02T10:00:00Z", "a"),
            point("2026-11-03T10:00:00Z", "a"));

    ForgetPlan plan =
        planner.plan(
            points,
            RetentionPolicy.of(new KeepRule.Last(1)),
            subject -> subject.machine().equals(machine("a")));

    assertThat(times(plan)).containsExactly("2026-11-01T10:00:00Z", "2026-11-03T10:00:00Z");
    assertThat(texts(plan)).first().isEqualTo("also holds vm/b, which is not selected");
  }

  @Test
  void named_allOfAMachine_keepsTheNewestUnlessNoneIsAllowed() {
    List<PointSummary> points = days(2, "a");
    Set<PointSummary> named = Set.copyOf(points);

    ForgetPlan plan = planner.named(points, named, false);

    assertThat(plan.forgotten()).containsExactly(points.getFirst());
    assertThat(texts(plan)).containsExactly("last point of vm/a");
    assertThat(planner.named(points, named, true).kept()).isEmpty();
  }

  @Test
  void named_protected_staysEvenWhereNoneIsAllowed() {
    PointSummary held = held(new Protection(Optional.empty(), ""), "2020-01-01T00:00:00Z", "a");

    ForgetPlan plan = planner.named(List.of(held), Set.of(held), true);

    assertThat(texts(plan)).containsExactly("protected for ever");
  }

  @Test
  void storageLock_keepsThePoint() {
    List<PointSummary> points = days(2, "a");
    ForgetPlan plan = plan(points, new KeepRule.Last(1));
    SnapshotId locked = points.getFirst().snapshot();

    ForgetPlan held = plan.withStorageLocks(Map.of(locked, NOW.plusSeconds(9)));

    assertThat(held.forgotten()).isEmpty();
    assertThat(texts(held)).first().isEqualTo("locked by the storage until 2026-11-24T20:00:09Z");
  }

  @Test
  void span_readsAndPrintsAsRestic() {
    assertThat(Span.parse("1y6m7d12h").toString()).isEqualTo("1y6m7d12h");
    assertThat(Span.parse("12h")).isEqualTo(new Span(0, 0, 0, 12));
    for (String wrong : new String[] {"", "d", "0d", "-1d", "1w", "7", "1d1y", "99999999999d"}) {
      assertThatThrownBy(() -> Span.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void span_beforeADayThatTheMonthLacks_runsOverAsInRestic() {
    Instant end = Instant.parse("2025-03-31T10:00:00Z");

    assertThat(Span.parse("1m").before(end.atZone(ZoneOffset.UTC)).toInstant())
        .isEqualTo("2025-03-03T10:00:00Z");
  }

  @Test
  void policy_withoutRules_cannotBeMade() {
    assertThatThrownBy(RetentionPolicy::of).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeepRule.Last(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private ForgetPlan plan(List<PointSummary> points, KeepRule... rules) {
    return planner.plan(points, RetentionPolicy.of(rules), _ -> true);
  }

  /// One point a day, oldest first.
  private static List<PointSummary> days(int count, String... machines) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(day -> point("2026-11-%02dT10:00:00Z".formatted(day), machines))
        .toList();
  }

  private static List<String> times(ForgetPlan plan) {
    return plan.kept().stream().map(v -> v.point().time().toString()).toList();
  }

  private static List<String> texts(ForgetPlan plan) {
    return plan.kept().stream().flatMap(v -> v.reasons().stream()).map(KeepReason::text).toList();
  }
}
