package io.firn.run;

import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Everything temporary that one run makes in the cluster, so that all of it goes away again. An
/// object is noted before it is made: what does not exist is removed without complaint, what exists
/// and is not noted would stay.
///
/// Thread-safe.
public final class RunScope {
  /// Users before what they use; the locks of the machines last, since they say that there may be
  /// more.
  private static final List<String> ORDER =
      List.of(
          Kinds.JOB.kind(),
          Kinds.CLAIM.kind(),
          Kinds.VOLUME_SNAPSHOT.kind(),
          Kinds.SECRET.kind(),
          Kinds.CONFIG_MAP.kind());

  private final ClusterObjects objects;
  private final RunMarks marks;
  private final SequencedSet<ObjectRef> made = new LinkedHashSet<>();

  public RunScope(ClusterObjects objects, RunMarks marks) {
    this.objects = objects;
    this.marks = marks;
  }

  public RunMarks marks() {
    return marks;
  }

  /// Notes an object that is about to be made.
  public synchronized ObjectRef note(ObjectRef ref) {
    made.add(ref);
    return ref;
  }

  /// Removes one object now.
  public void remove(ObjectRef ref) {
    objects.delete(ref, Propagation.BACKGROUND, Optional.empty());
    forget(ref);
  }

  /// Removes all that is left; returns what could not be removed and why. The locks stay then, so
  /// that the doctor knows whose the rest is.
  public List<String> clean() {
    List<String> failed = new ArrayList<>();
    List<ObjectRef> left = left();
    for (ObjectRef ref : left) {
      boolean lock = ref.kind().equals(Kinds.CONFIG_MAP.kind());
      if (lock && !failed.isEmpty()) {
        continue;
      }
      try {
        remove(ref);
      } catch (ClusterException e) {
        failed.add(ref + ": " + e.getMessage());
      }
    }
    return failed;
  }

  private synchronized List<ObjectRef> left() {
    return made.stream().sorted(Comparator.comparingInt(ref -> ORDER.indexOf(ref.kind()))).toList();
  }

  private synchronized void forget(ObjectRef ref) {
    made.remove(ref);
  }
}
