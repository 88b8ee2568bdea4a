package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/// Who asked what, and what the answer was: one line of JSON a request, in the shape that
/// kube-apiserver gives its audit log (`audit.k8s.io/v1`, level Metadata, stage ResponseComplete).
/// The cluster's own parts are left out, as an audit policy would. A log that has grown to 64 MiB
/// becomes `audit.log.1`, in place of the one before.
///
/// Thread-safe.
final class AuditLog implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;

  private final Path file;
  private final InstantSource clock;
  private BufferedWriter writer;
  private long written;
  private boolean closed;

  private AuditLog(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.clock = clock;
    this.writer = open();
    this.written = Files.size(file);
  }

  static AuditLog at(Path file, InstantSource clock) {
    try {
      return new AuditLog(file, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log " + file + " cannot be written", e);
    }
  }

  private BufferedWriter open() throws IOException {
    return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  Path file() {
    return file;
  }

  /// Writes down a request that has been answered with that status.
  void record(ApiRequest request, User user, int status) {
    if (user.isMaster() && user.name().startsWith("system:")) {
      return;
    }
    String line = Json.text(event(request, user, status)) + "\n";
    try {
      append(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log " + file + " cannot be written", e);
    }
  }

  private synchronized void append(String line) throws IOException {
    if (closed) {
      // A request that was under way when the server was stopped.
      return;
    }
    if (written > MOST_BYTES) {
      writer.close();
      Path old = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
      writer = open();
      written = 0;
    }
    writer.write(line);
    writer.flush();
    written += line.length();
  }

  private ObjectNode event(ApiRequest request, User user, int status) {
    Attributes asked = attributes(request);
    ObjectNode event = Json.object();
    event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", "Metadata");
    event.put("auditID", UUID.randomUUID().toString()).put("stage", "ResponseComplete");
    event.put("requestURI", uri(request)).put("verb", asked.verb());
    ObjectNode who = event.putObject("user").put("username", user.name());
    if (!user.uid().isEmpty()) {
      who.put("uid", user.uid());
    }
    user.groups().forEach(who.withArray("/groups")::add);
    event.put("userAgent", request.header("user-agent"));
    if (!asked.resource().isEmpty()) {
      event.set("objectRef", objectRef(request, asked));
    }
    event.putObject("responseStatus").put("code", status).putObject("metadata");
    Instant now = clock.instant();
    event.put("requestReceivedTimestamp", now.toString()).put("stageTimestamp", now.toString());
    event
        .putObject("annotations")
        .put("authorization.k8s.io/decision", status == 403 ? "forbid" : "allow");
    return event;
  }

  private static ObjectNode objectRef(ApiRequest request, Attributes asked) {
    ObjectNode ref = Json.object();
    int slash = asked.resource().indexOf('/');
    ref.put("resource", slash < 0 ? asked.resource() : asked.resource().substring(0, slash));
    putUnlessEmpty(ref, "namespace", asked.namespace());
    putUnlessEmpty(ref, "name", asked.name());
    putUnlessEmpty(ref, "apiGroup", asked.group());
    List<String> segments = segments(request);
    ref.put("apiVersion", segments.get(asked.group().isEmpty() ? 1 : 2));
    putUnlessEmpty(ref, "subresource", slash < 0 ? "" : asked.resource().substring(slash + 1));
    return ref;
  }

  private static void putUnlessEmpty(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  /// What the request is about; without resource where it is about none.
  private static Attributes attributes(ApiRequest request) {
    List<String> segments = segments(request);
    if (segments.size() > 2 && segments.getFirst().equals("api")) {
      return Attributes.ofAnyPath("", segments.subList(2, segments.size()), request);
    }
    if (segments.size() > 3 && segments.getFirst().equals("apis")) {
      return Attributes.ofAnyPath(segments.get(1), segments.subList(3, segments.size()), request);
    }
    String verb = request.method().toLowerCase(Locale.ROOT);
    return new Attributes(request.user(), verb, "", "", "", "");
  }

  private static List<String> segments(ApiRequest request) {
    return Stream.of(request.path().split("/")).filter(s -> !s.isEmpty()).toList();
  }

  private static String uri(ApiRequest request) {
    StringBuilder uri = new StringBuilder(request.path());
    char next = '?';
    for (var parameter : request.query().values().entrySet()) {
      uri.append(next).append(parameter.getKey()).append('=').append(parameter.getValue());
      next = '&';
    }
    return uri.toString();
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log " + file + " cannot be closed", e);
    }
  }
}
