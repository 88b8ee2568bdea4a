package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Long lists, handed out in pages. All pages of a list show one revision: what is left of it is
/// kept, under a token, until it is fetched or too many newer lists have been begun.
///
/// Thread-safe.
final class Pages {
  private static final int KEPT = 64;
  private static final Pattern TOKEN = Pattern.compile("c\\d+-\\d+");

  private final Map<String, Rest> rests = new LinkedHashMap<>();
  private long issued;

  private record Rest(List<ObjectNode> items, long revision) {}

  /// One page; `next` is the token of the one after it, present unless this is the last.
  record Page(List<ObjectNode> items, long revision, Optional<String> next, int remaining) {}

  Page first(Store.Snapshot list, int limit) {
    return cut(list.items(), list.revision(), limit);
  }

  /// The page that a token stands for. A token can be used again as long as it is kept.
  synchronized Page resume(String token, int limit) {
    if (!TOKEN.matcher(token).matches()) {
      throw ApiFailure.badRequest("invalid continue token: continue key is not valid");
    }
    Rest rest = rests.get(token);
    if (rest == null) {
      throw ApiFailure.expired(
          "The provided continue parameter is too old to display a consistent list result. You can"
              + " start a new list without the continue parameter.");
    }
    return cut(rest.items(), rest.revision(), limit);
  }

  private synchronized Page cut(List<ObjectNode> items, long revision, int limit) {
    if (limit <= 0 || items.size() <= limit) {
      return new Page(items, revision, Optional.empty(), 0);
    }
    List<ObjectNode> rest = items.subList(limit, items.size());
    String token = "c" + revision + "-" + ++issued;
    rests.put(token, new Rest(rest, revision));
    if (rests.size() > KEPT) {
      rests.remove(rests.keySet().iterator().next());
    }
    return new Page(items.subList(0, limit), revision, Optional.of(token), rest.size());
  }
}
