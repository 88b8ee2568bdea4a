package io.firn.repository.backend;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which paths below a repository are those of its files: `config`, `data/ab/abcd…`, `index/…`, and
/// what a writer that was killed leaves beside them (`…-tmp-123`). Stateless.
public final class ResticLayout {
  private static final Pattern OURS =
      Pattern.compile(
          "(config|%s/([0-9a-f]{2})/\\2[0-9a-f]{62}|(%s)/[0-9a-f]{64})(-tmp-[0-9]+)?"
              .formatted(
                  FileType.PACK.folder(),
                  Arrays.stream(FileType.values())
                      .filter(type -> type != FileType.CONFIG && type != FileType.PACK)
                      .map(FileType::folder)
                      .collect(Collectors.joining("|"))));

  private ResticLayout() {}

  /// Whether a path relative to the repository, with slashes, is one of its files.
  public static boolean has(String path) {
    return OURS.matcher(path).matches();
  }
}
