package io.firn.cli.options;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `KIND/NAME…` or `KIND NAME…`, as kubectl takes them. Stateless.
final class MachineNames {
  private MachineNames() {}

  /// The objects that the words name, each once, in order.
  static List<ObjectRef> parse(List<String> words, String namespace) {
    List<ObjectRef> refs = new ArrayList<>();
    if (words.size() > 1 && !words.getFirst().contains("/")) {
      MachineKind kind = kind(words.getFirst());
      for (String name : words.subList(1, words.size())) {
        if (name.contains("/")) {
          throw UsageFailure.of(
              "'" + name + "' has a kind of its own after '" + words.getFirst() + "'",
              "Write KIND/NAME KIND/NAME, or KIND NAME NAME.");
        }
        add(refs, kind, namespace, name);
      }
    } else {
      words.forEach(word -> slashed(refs, word, namespace));
    }
    return List.copyOf(refs);
  }

  private static void slashed(List<ObjectRef> refs, String word, String namespace) {
    int slash = word.indexOf('/');
    if (slash < 0) {
      throw UsageFailure.of(
          "'" + word + "' names no kind",
          "Write KIND/NAME, for a virtual machine vm/" + word + ".");
    }
    add(refs, kind(word.substring(0, slash)), namespace, word.substring(slash + 1));
  }

  private static void add(List<ObjectRef> refs, MachineKind kind, String namespace, String name) {
    if (name.isBlank() || name.contains("/")) {
      throw UsageFailure.of(
          "'" + name + "' is no object name", "Write KIND/NAME, as in vm/orders-db.");
    }
    ObjectRef ref = ObjectRef.of(kind.kind(), namespace, name);
    if (!refs.contains(ref)) {
      refs.add(ref);
    }
  }

  /// The kind of that name.
  static ResourceKind resource(String word) {
    return kind(word.strip()).kind();
  }

  private static MachineKind kind(String word) {
    return MachineKind.of(word)
        .orElseThrow(() ->
            new FirnException(
                new Failure(
                    FailureCode.KIND_NOT_SUPPORTED,
                    "'" + word + "' is no kind that Firn backs up",
                    "Name one of " + MachineKind.choices() + ".",
                    Map.of("kind", word),
                    false)));
  }
}
