package io.firn.graph.render;

import java.util.Arrays;

/// How wide text is in a picture whose fonts nobody knows: measured with the widths of a broad
/// sans-serif face, so that text stays inside its box with narrower ones too.
enum Lettering {
  PLAIN(1),
  BOLD(1.12);

  private static final String NARROW = "iljtfrI.,:;'|!/()[]{} -";
  private static final String WIDE = "mwMW@%…";

  private final double weight;

  Lettering(double weight) {
    this.weight = weight;
  }

  /// The width in pixels at a font size in pixels.
  double width(String text, double fontSize) {
    return text.codePoints().mapToDouble(Lettering::share).sum() * fontSize * weight;
  }

  /// The text itself where it fits; otherwise its beginning and its end, as the ends of generated
  /// names are what tells them apart.
  String fit(String text, double fontSize, double widest) {
    if (width(text, fontSize) <= widest) {
      return text;
    }
    int[] letters = text.codePoints().toArray();
    int fitting = 1;
    int tooMany = letters.length;
    while (fitting + 1 < tooMany) {
      int kept = (fitting + tooMany) / 2;
      if (width(shortened(letters, kept), fontSize) <= widest) {
        fitting = kept;
      } else {
        tooMany = kept;
      }
    }
    return shortened(letters, fitting);
  }

  private static String shortened(int[] letters, int kept) {
    int head = (kept + 1) / 2;
    int[] tail = Arrays.copyOfRange(letters, letters.length - (kept - head), letters.length);
    return new String(letters, 0, head) + "…" + new String(tail, 0, tail.length);
  }

  /// In shares of the font size.
  private static double share(int letter) {
    if (NARROW.indexOf(letter) >= 0) {
      return 0.38;
    }
    if (WIDE.indexOf(letter) >= 0) {
      return 0.96;
    }
    if (letter > 0x2000) {
      return 1.05;
    }
    return Character.isUpperCase(letter) ? 0.69 : 0.62;
  }
}
