/// One class per command.
@NullMarked
package io.firn.cli.command;

import org.jspecify.annotations.NullMarked;
