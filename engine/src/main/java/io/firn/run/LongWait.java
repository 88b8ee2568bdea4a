package io.firn.run;

import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Breaks the silence of one wait: says after a while what is awaited, and what the cluster's
/// events say of it; again when they say something else, otherwise ever more seldom.
///
/// For one thread.
public final class LongWait {
  /// What takes less is not worth a word.
  public static final Duration PACE = Duration.ofSeconds(10);

  private final String what;
  private final Supplier<List<ObjectRef>> about;
  private final ObjectEvents events;
  private final Consumer<String> told;
  private final Duration pace;
  // Monotonic: a clock that jumps must neither silence a wait nor make it talk.
  private final long begun = System.nanoTime();
  private Duration nextLook;
  private Duration nextWord;
  private String said = "";

  /// `what` is awaited, as in "the volume to be cut"; `about` are the objects whose events explain
  /// it, asked for when they are needed.
  public LongWait(
      String what,
      Supplier<List<ObjectRef>> about,
      ObjectEvents events,
      Consumer<String> told,
      Duration pace) {
    this.what = what;
    this.about = about;
    this.events = events;
    this.told = told;
    this.pace = pace;
    this.nextLook = pace;
    this.nextWord = pace;
  }

  /// To be called while nothing has come; `known` is what the awaited object itself says, or "".
  public void goesOn(String known) {
    Duration waited = waited();
    if (waited.compareTo(nextLook) < 0) {
      return;
    }
    nextLook = waited.plus(pace);
    String cause = cause(known);
    if (waited.compareTo(nextWord) >= 0 || !cause.equals(said)) {
      told.accept(
          "still waiting after %d s for %s%s"
              .formatted(waited.toSeconds(), what, cause.isEmpty() ? "" : ": " + cause));
      said = cause;
      nextWord = waited.multipliedBy(2);
    }
  }

  /// Why nothing has come, as far as anybody says; "" where nobody does.
  public String cause(String known) {
    String heard = events.of(about.get());
    if (known.isEmpty() || heard.contains(known)) {
      return heard;
    }
    return heard.isEmpty() ? known : known + "; " + heard;
  }

  private Duration waited() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
