package io.firn.cli;

import java.util.function.Supplier;

/// A subcommand by its name, which must be the one in its annotation, and how it is made: an
/// annotated object, or a command line with subcommands of its own.
public record LazyCommand(String name, Supplier<Object> make) {}
