package io.firn.repository.check;

import io.firn.repository.BlobId;
import java.util.List;

/// One damaged object: why it is called so, the blobs that are lost with it, the files that are
/// hurt. No hurt files means that no snapshot needs it.
public record Damage(
    DamagedObject object, String reason, List<BlobId> blobs, List<HurtFile> hurtFiles) {
  public Damage {
    blobs = List.copyOf(blobs);
    hurtFiles = List.copyOf(hurtFiles);
  }
}
