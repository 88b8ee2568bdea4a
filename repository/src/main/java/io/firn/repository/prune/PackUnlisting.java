package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.Digest;
import io.firn.repository.PackId;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.index.IndexRewriter;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes packs out of the index, and puts small index files together on the way. Needs the
/// exclusive lock. New files are written before old ones go, so that at any moment every pack that
/// stays is listed, and a pack that goes is there as long as a file lists it. For one use.
final class PackUnlisting {
  /// Below it a file is small, and goes together with others.
  private static final int SMALL_BLOBS = IndexRewriter.MAX_BLOBS / 5;

  private static final int MANY_SMALL_FILES = 8;

  private final Backend backend;
  private final UnpackedFiles files;
  private final Survey survey;
  private final HeldLock lock;
  private final ProtectedFiles storage;
  private final Instant now;

  PackUnlisting(
      Backend backend,
      UnpackedFiles files,
      Survey survey,
      HeldLock lock,
      ProtectedFiles storage,
      Instant now) {
    this.backend = backend;
    this.files = files;
    this.survey = survey;
    this.lock = lock;
    this.storage = storage;
    this.now = now;
  }

  /// The packs that no index lists any more, and how many files went.
  record Result(Set<PackId> unlisted, int filesRemoved) {}

  /// A pack that is listed in an index file that the storage protects stays.
  Result without(Set<PackId> wanted) {
    Set<PackId> gone = new HashSet<>(wanted);
    List<Digest> touched = new ArrayList<>();
    List<Digest> small = new ArrayList<>();
    for (Digest name : survey.names(FileType.INDEX)) {
      Contents contents = look(name, wanted);
      if (contents.affected().isEmpty() && contents.blobs() >= SMALL_BLOBS) {
        continue;
      }
      if (storage.index(name, now)) {
        gone.removeAll(contents.affected());
      } else {
        (contents.affected().isEmpty() ? small : touched).add(name);
      }
    }
    if (small.size() >= MANY_SMALL_FILES || (!touched.isEmpty() && !small.isEmpty())) {
      touched.addAll(small);
    }
    rewrite(touched, gone);
    return new Result(gone, touched.size());
  }

  private record Contents(Set<PackId> affected, int blobs) {}

  private Contents look(Digest name, Set<PackId> wanted) {
    Set<PackId> affected = new HashSet<>();
    int[] blobs = {0};
    survey.eachIndexed(
        name,
        pack -> {
          blobs[0] += pack.entries().size();
          if (wanted.contains(pack.id())) {
            affected.add(pack.id());
          }
        });
    return new Contents(affected, blobs[0]);
  }

  private void rewrite(List<Digest> old, Set<PackId> gone) {
    IndexRewriter rewriter = new IndexRewriter(files, gone);
    old.forEach(name -> survey.eachIndexed(name, rewriter::add));
    rewriter.finish();
    // From here on something is lost if another prune is at work: it is, where our lock is gone.
    lock.requireHeld();
    old.forEach(this::delete);
  }

  private void delete(Digest name) {
    FileHandle handle = new FileHandle(FileType.INDEX, name.toString());
    try {
      backend.delete(handle);
    } catch (IOException e) {
      throw BackendErrors.failed("could not remove an index in", backend, handle.toString(), e);
    }
  }
}
