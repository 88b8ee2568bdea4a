package io.firn.doctor;

import io.firn.graph.ObjectRef;
import java.util.List;

/// What the doctor did. `failed` says of each object why it could not be helped.
public record CureReport(List<ObjectRef> removed, List<ObjectRef> thawed, List<String> failed) {
  public CureReport {
    removed = List.copyOf(removed);
    thawed = List.copyOf(thawed);
    failed = List.copyOf(failed);
  }
}
