package io.firn.graph.render;

import io.firn.graph.DependencyType;

/// The colours of a dependency type: the fill of a box on a light page, its line, which shows on
/// light and dark pages alike, and its fill on a dark page.
record Palette(String fill, String line, String darkFill) {
  static Palette of(DependencyType type) {
    return switch (type) {
      case COMPUTE -> new Palette("#dbeafe", "#3b82f6", "#172a4a");
      case STORAGE -> new Palette("#dcfce7", "#22a355", "#10301d");
      case NETWORK -> new Palette("#f3e8ff", "#a855f7", "#311a4a");
      case CONFIG -> new Palette("#fef3c7", "#d19a0a", "#362a0c");
      case OTHER -> new Palette("#eceff3", "#8b949e", "#23282f");
    };
  }
}
