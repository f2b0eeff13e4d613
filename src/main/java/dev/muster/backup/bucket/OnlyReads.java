package dev.muster.backup.bucket;

import java.util.Set;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Lets nothing out of this process that could change a vault. */
final class OnlyReads implements ExecutionInterceptor {
    private static final Set<SdkHttpMethod> READING = Set.of(SdkHttpMethod.GET, SdkHttpMethod.HEAD);

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkHttpMethod method = context.httpRequest().method();
        if (!READING.contains(method)) {
            throw new IllegalStateException("a vault is only read, never asked to " + method);
        }
    }
}
