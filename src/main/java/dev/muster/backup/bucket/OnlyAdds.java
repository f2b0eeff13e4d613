package dev.muster.backup.bucket;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Stops each request but those that put an object below one prefix. */
record OnlyAdds(String bucket, String prefix) implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String path = context.httpRequest().encodedPath();
        boolean below = path.startsWith("/" + prefix) || path.startsWith("/" + bucket + "/" + prefix);
        if (!below || context.httpRequest().method() != SdkHttpMethod.PUT) {
            throw new IllegalStateException("here a vault is asked for nothing but a new object below " + prefix);
        }
    }
}
