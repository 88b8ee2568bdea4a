package io.firn.simulator.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kubernetes' order of version names: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`, others.
final class VersionOrder {
  private static final Pattern FORM = Pattern.compile("v(\\d+)(?:(alpha|beta)(\\d+))?");

  static final Comparator<String> PREFERRED_FIRST =
      Comparator.comparingInt(VersionOrder::stability)
          .thenComparing(Comparator.<String>comparingLong(v -> number(v, 1)).reversed())
          .thenComparing(Comparator.<String>comparingLong(v -> number(v, 3)).reversed())
          .thenComparing(Comparator.naturalOrder());

  private VersionOrder() {}

  static Set<String> sorted(Collection<String> versions) {
    return new LinkedHashSet<>(versions.stream().sorted(PREFERRED_FIRST).toList());
  }

  private static int stability(String version) {
    Matcher form = FORM.matcher(version);
    if (!form.matches()) {
      return 3;
    }
    String kind = form.group(2);
    return kind == null ? 0 : kind.equals("beta") ? 1 : 2;
  }

  private static long number(String version, int group) {
    Matcher form = FORM.matcher(version);
    return form.matches() && form.group(group) != null ? Long.parseLong(form.group(group)) : 0;
  }
}
