/// The config file: version, ID and chunker polynomial (restic design, "Repository Format").
@NullMarked
package io.firn.repository.config;

import org.jspecify.annotations.NullMarked;
