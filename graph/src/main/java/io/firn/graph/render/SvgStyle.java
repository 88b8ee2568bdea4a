package io.firn.graph.render;

import io.firn.graph.DependencyType;
import io.firn.graph.Need;

/// The looks of a picture as a style sheet, for light pages and for those who prefer dark ones.
final class SvgStyle {
  private static final String SHAPES =
      """
      text { font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
      .heading { font-size: 16px; font-weight: 600; }
      .small { font-size: 11px; }
      .kind, .remark { font-size: 10px; }
      .name { font-size: 12px; font-weight: 600; }
      .box { stroke-width: 1.2; }
      .root .box { stroke-width: 2.4; }
      .arrow { fill: none; stroke-width: 1.5; }
      .hit { fill: none; stroke: transparent; stroke-width: 12; pointer-events: stroke; }
      .optional-arrow { stroke-dasharray: 6 4; }
      .derived-arrow { stroke-dasharray: 1.5 4; stroke-linecap: round; }
      .never-arrow { stroke-dasharray: 9 3 2 3; }
      .missing .box { stroke-dasharray: 5 3; stroke-width: 1.6; }
      .unread .box { stroke-dasharray: 2 3; }
      .missing .remark { font-weight: 600; }
      """;

  private static final String LIGHT =
      """
      .page { fill: #ffffff; }
      .heading, .name { fill: #1f2328; }
      .small, .kind, .remark { fill: #59636e; }
      .arrow { stroke: #848d97; }
      .head { fill: #848d97; }
      .new .box { fill: #ffffff; }
      .missing .box { fill: #fff5f5; stroke: #d1242f; }
      .missing .bar { fill: #d1242f; }
      .missing .remark { fill: #d1242f; }
      """;

  private static final String DARK =
      """
      .page { fill: #0d1117; }
      .heading, .name { fill: #f0f6fc; }
      .small, .kind, .remark { fill: #9198a1; }
      .arrow { stroke: #6e7781; }
      .head { fill: #6e7781; }
      .new .box { fill: #0d1117; }
      .missing .box { fill: #2a1215; stroke: #f85149; }
      .missing .bar { fill: #f85149; }
      .missing .remark { fill: #ff7b72; }
      """;

  private SvgStyle() {}

  static String sheet() {
    StringBuilder light = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    for (DependencyType type : DependencyType.values()) {
      Palette palette = Palette.of(type);
      String box = "." + type.label() + " .box";
      light.append("%s { fill: %s; stroke: %s; }\n".formatted(box, palette.fill(), palette.line()));
      light.append(".%s .bar { fill: %s; }\n".formatted(type.label(), palette.line()));
      dark.append("%s { fill: %s; }\n".formatted(box, palette.darkFill()));
    }
    return "<style>\n%s%s%s@media (prefers-color-scheme: dark) {\n%s%s}\n</style>\n"
        .formatted(SHAPES, light, LIGHT, dark, DARK);
  }

  /// The classes of a line.
  static String arrow(Need need) {
    return switch (need) {
      case REQUIRED -> "arrow";
      case OPTIONAL -> "arrow optional-arrow";
      case DERIVED -> "arrow derived-arrow";
      case NEVER_RESTORE -> "arrow never-arrow";
    };
  }
}
