package io.firn.repository.prune;

import io.firn.repository.BackendErrors;
import io.firn.repository.BlobId;
import io.firn.repository.PackId;
import io.firn.repository.RepositoryException;
import io.firn.repository.RepositoryException.FailureCode;
import io.firn.repository.backend.Backend;
import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import io.firn.repository.blob.BlobDecoder;
import io.firn.repository.blob.PackSaver;
import io.firn.repository.crypto.SecretKey;
import io.firn.repository.index.BlobLocation;
import io.firn.repository.index.IndexLoader;
import io.firn.repository.index.IndexSaver;
import io.firn.repository.lock.HeldLock;
import io.firn.repository.pack.BlobKey;
import io.firn.repository.pack.MalformedPackException;
import io.firn.repository.pack.PackEntry;
import io.firn.repository.prune.PackTable.Pack;
import io.firn.repository.unpacked.UnpackedFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the needed blobs of packs to new packs, and lists these in the index. Only adds: a needed
/// blob is there twice afterwards, which is no damage, and which the next plan sees. Packs go in
/// the order in which disks need them. For one thread.
final class Repacker {
  private final Backend backend;
  private final SecretKey key;
  private final UnpackedFiles files;
  private final InstantSource clock;
  private final int packBytes;
  private final PruneListener listener;

  Repacker(
      Backend backend,
      SecretKey key,
      UnpackedFiles files,
      InstantSource clock,
      int packBytes,
      PruneListener listener) {
    this.backend = backend;
    this.key = key;
    this.files = files;
    this.clock = clock;
    this.packBytes = packBytes;
    this.listener = listener;
  }

  /// The packs that are no longer needed; those that could not be read whole; those that must stay,
  /// because they hold other copies of what is in these; why it ended early.
  record Result(
      List<PackId> replaced,
      List<PackId> damaged,
      Set<PackId> spared,
      long bytesWritten,
      Optional<RepositoryException> failure) {
    static final Result NONE = new Result(List.of(), List.of(), Set.of(), 0, Optional.empty());
  }

  Result run(PrunePlan plan, Survey survey, Homes homes, HeldLock lock) {
    List<Pack> packs =
        plan.rewritten()
            .map(pack -> survey.table().get(pack.id()))
            .sorted(Comparator.comparingInt(pack -> firstNeeded(pack, survey, homes)))
            .toList();
    if (packs.isEmpty()) {
      return Result.NONE;
    }
    IndexSaver index = new IndexSaver(files, survey.index(), clock);
    List<PackId> replaced = new ArrayList<>();
    List<PackId> damaged = new ArrayList<>();
    Set<PackId> spared = new HashSet<>();
    long total = plan.rewrittenGroup().liveBytes();
    long written = 0;
    try (PackSaver saver = new PackSaver(backend, key, index, packBytes)) {
      for (Pack pack : packs) {
        lock.requireFresh();
        Copied copied = copy(pack, survey, homes, saver);
        (copied.whole() ? replaced : damaged).add(pack.id());
        spared.addAll(copied.spared());
        written += homes.liveBytes(pack);
        listener.progress(PruneListener.Phase.REPACK, written, total);
      }
      saver.flush();
      return new Result(replaced, damaged, spared, written, Optional.empty());
    } catch (RepositoryException e) {
      // The saver has ended: nothing of it is under way any more.
      if (outOfSpaceForPacks(e)) {
        index.unlisted().forEach(this::discard);
      }
      return new Result(List.of(), damaged, spared, 0, Optional.of(explained(e)));
    }
  }

  /// Whether all that is needed of a pack was copied. If not, the pack stays, and so do those that
  /// hold other copies of what is in it; what was copied of it are duplicates.
  private record Copied(boolean whole, Set<PackId> spared) {
    static final Copied WHOLE = new Copied(true, Set.of());
  }

  /// Copies what is needed of a pack.
  private Copied copy(Pack pack, Survey survey, Homes homes, PackSaver saver) {
    try {
      PackBlobs blobs = new PackBlobs(backend, key, pack);
      List<PackEntry> needed =
          blobs.entries().stream()
              .filter(entry -> homes.isHome(pack, survey.index().number(entry.type(), entry.id())))
              .toList();
      if (needed.size() != neededByIndex(pack, homes)) {
        return rescue(pack, survey, homes, saver);
      }
      blobs.read(
          needed,
          (entry, sealed) ->
              saver.add(entry.type(), entry.id(), sealed, sealed.length, entry.plainBytes()));
      return Copied.WHOLE;
    } catch (MalformedPackException e) {
      return rescue(pack, survey, homes, saver);
    } catch (IOException e) {
      throw BackendErrors.failed("could not read a pack in", backend, "data/" + pack.id(), e);
    }
  }

  /// Copies what is needed of a pack that is damaged, blob by blob, from it or from another one.
  private Copied rescue(Pack pack, Survey survey, Homes homes, PackSaver saver) {
    List<PackEntry> needed = new ArrayList<>();
    survey
        .names(FileType.INDEX)
        .forEach(name ->
            survey.eachIndexed(
                name,
                listed -> {
                  if (listed.id().equals(pack.id()) && needed.isEmpty()) {
                    listed.entries().stream()
                        .filter(entry ->
                            homes.isHome(pack, survey.index().number(entry.type(), entry.id())))
                        .forEach(needed::add);
                  }
                }));
    OtherCopies copies = OtherCopies.seek(pack.id(), new IndexLoader(backend, files));
    boolean whole = !needed.isEmpty();
    for (PackEntry entry : needed) {
      whole &= rescue(pack.id(), entry, copies, saver);
    }
    return whole ? Copied.WHOLE : new Copied(false, copies.packs());
  }

  private boolean rescue(PackId pack, PackEntry entry, OtherCopies copies, PackSaver saver) {
    List<BlobLocation> places = new ArrayList<>();
    places.add(
        new BlobLocation(pack, entry.offsetBytes(), entry.lengthBytes(), entry.plainBytes()));
    places.addAll(copies.of(new BlobKey(entry.type(), entry.id())));
    for (BlobLocation place : places) {
      Optional<byte[]> sealed = sealed(entry.id(), place);
      if (sealed.isPresent()) {
        saver.add(entry.type(), entry.id(), sealed.get(), sealed.get().length, place.plainBytes());
        return true;
      }
    }
    return false;
  }

  /// A blob as it is stored, if it is what its ID says.
  private Optional<byte[]> sealed(BlobId id, BlobLocation place) {
    FileHandle handle = new FileHandle(FileType.PACK, place.pack().toString());
    try {
      BlobDecoder.requireSane(place.lengthBytes(), place.plainBytes());
      byte[] sealed = new byte[(int) place.lengthBytes()];
      backend.load(handle, place.offsetBytes(), ByteBuffer.wrap(sealed));
      new BlobDecoder(key).decode(id, sealed, place.plainBytes());
      return Optional.of(sealed);
    } catch (MalformedPackException | NoSuchFileException | EOFException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw BackendErrors.failed("could not read a pack in", backend, handle.toString(), e);
    }
  }

  private static long neededByIndex(Pack pack, Homes homes) {
    long count = 0;
    for (int blob : pack.blobs()) {
      count += homes.isHome(pack, blob) ? 1 : 0;
    }
    return count;
  }

  private static int firstNeeded(Pack pack, Survey survey, Homes homes) {
    int first = Integer.MAX_VALUE;
    for (int blob : pack.blobs()) {
      first = homes.isHome(pack, blob) ? Math.min(first, survey.live().order(blob)) : first;
    }
    return first;
  }

  /// Only then is it certain that no index lists what was written last: a save of an index may fail
  /// and have saved it all the same.
  private static boolean outOfSpaceForPacks(RepositoryException e) {
    String file = e.context().getOrDefault("file", "");
    return e.code() == FailureCode.NO_SPACE && file.startsWith(FileType.PACK.folder());
  }

  /// Packs of a repack that failed help nobody and take the space that was missing. What cannot be
  /// removed now is found by a later prune.
  private void discard(PackId pack) {
    try {
      backend.delete(new FileHandle(FileType.PACK, pack.toString()));
    } catch (IOException e) {
      System.getLogger(Repacker.class.getName())
          .log(System.Logger.Level.DEBUG, "pack " + pack + " stays until a later prune", e);
    }
  }

  private static RepositoryException explained(RepositoryException e) {
    if (e.code() != FailureCode.NO_SPACE) {
      return e;
    }
    return new RepositoryException(
        FailureCode.NO_SPACE,
        "repacking ran out of space, and nothing was lost: %s Or repack less at a time (max-repack), or only what is nearly empty (repack-below)."
            .formatted(e.getMessage()),
        e.context(),
        e);
  }
}
