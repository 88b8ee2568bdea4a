package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.FirnVersion;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.Manifest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn version`.
@Command(name = "version", description = "Print the versions of Firn, of its points, and of Java.")
public final class VersionCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private OutputOptions output = new OutputOptions();

  public VersionCommand(Session session) {
    this.session = session;
  }

  /// What `firn --version` prints, and this command to people.
  public static String[] lines() {
    return new String[] {
      "firn " + FirnVersion.get(),
      "point format " + Manifest.VERSION + ", restic repository format 2",
      "Java " + Runtime.version()
    };
  }

  @Override
  public Integer call() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("firn", FirnVersion.get());
    document.put("pointFormat", Manifest.VERSION);
    document.put("repositoryFormat", 2);
    document.put("java", Runtime.version().toString());
    String text = String.join("\n", lines()) + "\n";
    output.print(session, new Shown(text, document, List.of(FirnVersion.get())));
    return ExitCode.DONE;
  }
}
