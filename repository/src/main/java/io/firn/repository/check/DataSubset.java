package io.firn.repository.check;

import io.firn.repository.Digest;
import io.firn.repository.PackId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which packs a check of all data reads, as restic's `--read-data-subset` has it: `n/t`, a
/// percentage, or a size. Shares and sizes are drawn by a seed, so that a report can be repeated.
public sealed interface DataSubset {
  /// Every pack.
  record All() implements DataSubset {
    @Override
    public String toString() {
      return "all";
    }
  }

  /// One of `of` groups, by the first byte of the pack's ID: `of` checks with `number` from 1 on
  /// read everything once.
  record Group(int number, int of) implements DataSubset {
    @Override
    public String toString() {
      return number + "/" + of;
    }
  }

  /// A share of the number of packs, at least one of them.
  record Share(double percent) implements DataSubset {
    @Override
    public String toString() {
      return percent + "%";
    }
  }

  /// A share of the packs that comes to about so many bytes.
  record Size(long bytes) implements DataSubset {
    @Override
    public String toString() {
      return bytes + " bytes";
    }
  }

  /// restic takes no more groups: it looks at one byte.
  int MOST_GROUPS = 256;

  /// `n/t`, `x%`, or bytes with an optional suffix K, M, G or T (powers of 1024). Anything else is
  /// an [IllegalArgumentException] whose message says what was expected.
  static DataSubset parse(String text) {
    Matcher group = Pattern.compile("(\\d{1,3})/(\\d{1,3})").matcher(text);
    Matcher share = Pattern.compile("(\\d+(?:\\.\\d+)?)%").matcher(text);
    Matcher size = Pattern.compile("(\\d{1,15})([KMGT]?)B?").matcher(text.toUpperCase(Locale.ROOT));
    if (group.matches()) {
      return group(Integer.parseInt(group.group(1)), Integer.parseInt(group.group(2)));
    }
    if (share.matches()) {
      double percent = Double.parseDouble(share.group(1));
      return new Share(
          require(percent, percent > 0 && percent <= 100, "is not above 0 % to 100 %"));
    }
    if (size.matches()) {
      int shift = 10 * (1 + "KMGT".indexOf(size.group(2).isEmpty() ? "?" : size.group(2)));
      double bytes = Double.parseDouble(size.group(1)) * Math.pow(2, shift);
      return new Size((long) require(bytes, bytes >= 1 && bytes < 0x1p62, "is no size"));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no subset: give n/t (1/5), a percentage (2.5%) or a size (500M, 50G)");
  }

  private static Group group(int number, int of) {
    require(
        number, number >= 1 && number <= of && of <= MOST_GROUPS, "is not n/t, 1 <= n <= t <= 256");
    return new Group(number, of);
  }

  private static double require(double value, boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("'" + value + "' " + otherwise);
    }
    return value;
  }

  /// The packs of this subset, among packs and their sizes.
  default Set<PackId> select(Map<PackId, Long> packs, long seed) {
    return switch (this) {
      case All all -> packs.keySet();
      case Group(int number, int of) -> {
        Set<PackId> chosen = new HashSet<>(packs.keySet());
        chosen.removeIf(pack -> firstByte(pack.digest()) % of != number - 1);
        yield chosen;
      }
      case Share(double percent) -> draw(packs, percent, seed);
      case Size(long bytes) -> {
        double total = packs.values().stream().mapToLong(size -> size).sum();
        yield draw(packs, total == 0 ? 100 : Math.min(100, 100 * bytes / total), seed);
      }
    };
  }

  private static Set<PackId> draw(Map<PackId, Long> packs, double percent, long seed) {
    List<PackId> order = new ArrayList<>(packs.keySet());
    order.sort(java.util.Comparator.comparing(PackId::digest));
    Collections.shuffle(order, new Random(seed));
    int count = Math.max(1, (int) (order.size() * percent / 100));
    return new HashSet<>(order.subList(0, Math.min(count, order.size())));
  }

  private static int firstByte(Digest digest) {
    return (int) (digest.a() >>> 56);
  }
}
