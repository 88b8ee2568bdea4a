/// Repositories on S3 and S3-compatible stores, in restic's layout. [S3Store] is the way in; the
/// AWS SDK stays inside.
@NullMarked
package io.firn.backend.s3;

import org.jspecify.annotations.NullMarked;
