package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.ClusterLookup;
import io.firn.backup.Selection;
import io.firn.cli.Session;
import io.firn.cli.options.ClusterOptions;
import io.firn.cli.options.GraphForm;
import io.firn.cli.options.MachineSelection;
import io.firn.cli.output.MissingText;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterObjects;
import io.firn.cluster.rights.Feature;
import io.firn.doctor.RightsReview;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.GraphBuilder;
import io.firn.graph.GraphNode;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.UnreadList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn graph`.
@Command(
    name = "graph",
    description = {
      "Show everything that virtual machines are made of.",
      "",
      "Each object with what it is to the machine: required, optional, derived, never restored;"
          + " missing ones are marked. Only reads."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn graph vm/orders-db",
      "  firn graph vm/orders-db -o svg > orders-db.svg",
      "  firn graph --all -n shop -o json"
    })
public final class GraphCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private MachineSelection machines = new MachineSelection();
  @Mixin private ClusterOptions clusters = new ClusterOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "tree",
      description =
          "One of ${COMPLETION-CANDIDATES} (json is KubeVirt's own objectgraph);"
              + " default: ${DEFAULT-VALUE}.")
  private GraphForm form = GraphForm.TREE;

  public GraphCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Cluster cluster = clusters.connect(session)) {
      ClusterObjects objects = cluster.objects();
      List<ObjectRef> roots =
          machines.selections(clusters, cluster).stream()
              .flatMap(selection -> roots(objects, selection))
              .toList();
      requireAny(roots);
      ObjectGraph graph = new GraphBuilder(new ClusterLookup(objects)).build(roots);
      graph.roots().forEach(root -> requireThere(cluster, graph, root));
      session.terminal().out().print(form.render(graph));
      if (known(graph)) {
        return ExitCode.DONE;
      }
      tellRights(cluster, graph);
      return ExitCode.LOSSES;
    }
  }

  /// Standard output is the graph's; roles go to standard error.
  private void tellRights(Cluster cluster, ObjectGraph graph) {
    RightsReview review = new RightsReview(cluster);
    graph.roots().stream()
        .map(ObjectRef::namespace)
        .distinct()
        .forEach(namespace ->
            session
                .terminal()
                .err()
                .print(MissingText.of(review.missing(Feature.GRAPH, namespace))));
  }

  /// The tree has its findings below it; whoever reads another form is told on standard error.
  private boolean known(ObjectGraph graph) {
    List<UnreadList> unread = graph.unread().stream().filter(UnreadList::weighty).toList();
    if (form != GraphForm.TREE) {
      unread.forEach(list ->
          session.terminal().err().println("warning: " + list.kind().plural() + ": " + list.why()));
    }
    return unread.isEmpty();
  }

  private static void requireAny(List<ObjectRef> roots) {
    if (roots.isEmpty()) {
      throw new FirnException(
          new Failure(
              FailureCode.OBJECT_NOT_FOUND,
              "There is no machine to draw",
              "Check -n and the selector: kubectl get vm.",
              Map.of(),
              false));
    }
  }

  private static Stream<ObjectRef> roots(ClusterObjects objects, Selection selection) {
    return switch (selection) {
      case Selection.Named(ObjectRef root) -> Stream.of(root);
      case Selection.Labelled wanted ->
          wanted.kinds().stream()
              .flatMap(kind -> objects.list(kind, wanted.namespace(), wanted.selector()).stream())
              .map(ObjectRef::of);
      case Selection.All wanted ->
          wanted.kinds().stream()
              .flatMap(kind -> objects.list(kind, wanted.namespace(), "").stream())
              .filter(GraphCommand::standsAlone)
              .map(ObjectRef::of);
    };
  }

  /// Machines that another root owns come with it.
  private static boolean standsAlone(ObjectNode object) {
    return object.path("metadata").path("ownerReferences").isEmpty();
  }

  private static void requireThere(Cluster cluster, ObjectGraph graph, ObjectRef root) {
    GraphNode node = Optional.ofNullable(graph.nodes().get(root)).orElseThrow();
    switch (node.presence()) {
      case Presence.Present() -> {}
      case Presence.Missing() ->
          throw failure(
              FailureCode.OBJECT_NOT_FOUND,
              root,
              root + " does not exist",
              "Check the name and the namespace (-n): kubectl get "
                  + root.kind().toLowerCase(Locale.ROOT)
                  + " -n "
                  + root.namespace()
                  + ".",
              "");
      case Presence.Unknown(String why) ->
          throw failure(
              FailureCode.CLUSTER_FORBIDDEN,
              root,
              root + " cannot be read: " + why,
              "Ask for the rights that are missing: firn doctor --rights.",
              new RightsReview(cluster).missing(Feature.GRAPH, root.namespace()).yaml());
    }
  }

  private static FirnException failure(
      FailureCode code, ObjectRef root, String summary, String guidance, String roles) {
    Map<String, String> context = new HashMap<>();
    context.putAll(Map.of("kind", root.kind(), "namespace", root.namespace(), "name", root.name()));
    if (!roles.isEmpty()) {
      context.put(Failure.ROLES, roles);
    }
    return new FirnException(new Failure(code, summary, guidance, context, false));
  }
}
