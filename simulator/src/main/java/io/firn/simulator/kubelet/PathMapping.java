package io.firn.simulator.kubelet;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns paths inside a container into paths on this machine, wherever they stand in an argument or
/// a variable's value: processes here have no mount namespace of their own.
final class PathMapping {
  private final Map<String, Path> hosts = new LinkedHashMap<>();

  /// Maps a mount path, a device path or a file. A path below it is mapped along.
  void add(String containerPath, Path host) {
    String plain =
        containerPath.length() > 1 && containerPath.endsWith("/")
            ? containerPath.substring(0, containerPath.length() - 1)
            : containerPath;
    hosts.put(plain, host);
  }

  /// Replaces every container path that stands as a path of its own: `/data` in `--target=/data/x`
  /// and in `file:///data`, not in `/var/data` nor in `/database`.
  String apply(String text) {
    if (hosts.isEmpty()) {
      return text;
    }
    Matcher matcher = pattern().matcher(text);
    StringBuilder mapped = new StringBuilder();
    while (matcher.find()) {
      Path host = hosts.get(matcher.group());
      String replacement = host == null ? matcher.group() : host.toString();
      matcher.appendReplacement(mapped, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(mapped).toString();
  }

  /// Longer paths come first, so that a mount inside another mount wins.
  private Pattern pattern() {
    List<String> longestFirst =
        hosts.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .toList();
    String startsHere = "(?<![\\w.\\-])(?<![^/:]/)";
    String endsHere = "(?![\\w.\\-])";
    return Pattern.compile(startsHere + "(?:" + String.join("|", longestFirst) + ")" + endsHere);
  }
}
