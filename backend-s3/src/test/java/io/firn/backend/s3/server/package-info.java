/// Real S3 servers on loopback, as child processes, for tests of this and other modules.
@NullMarked
package io.firn.backend.s3.server;

import org.jspecify.annotations.NullMarked;
