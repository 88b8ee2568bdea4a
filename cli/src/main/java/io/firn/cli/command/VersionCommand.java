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

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("firn", FirnVersion.get());
    document.put("pointFormat", Manifest.VERSION);
    document.put("repositoryFormat", 2);
    document.put("java", java);
    String text =
        "firn "
            + FirnVersion.get()
            + "\npoint format "
            + Manifest.VERSION
            + ", restic repository format 2\nJava "
            + java
            + "\n";
    output.print(session, new Shown(text, document, List.of(FirnVersion.get())));
    return ExitCode.DONE;
  }
}
