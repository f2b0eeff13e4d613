package dev.muster.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/** Believes the named proxies, and nobody else, for whom they speak and whether that was over TLS. */
final class Proxies implements HttpConfiguration.Customizer {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();
    private final InetAddressSet known = new InetAddressSet();

    Proxies(List<String> proxies) {
        known.addAll(proxies);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                        && known.test(peer.getAddress())
                ? forwarded.customize(new Cleaned(request, headers(request.getHeaders())), responseHeaders)
                : request;
    }

    /** A proxy adds at the end; what stood there before, whoever asks can have made up. */
    private HttpFields headers(HttpFields headers) {
        List<String> chain = headers.getCSV(HttpHeader.X_FORWARDED_FOR, false);
        HttpFields.Mutable cleaned = HttpFields.build(headers);
        cleaned.remove(HttpHeader.FORWARDED);
        cleaned.remove(HttpHeader.X_FORWARDED_FOR);
        for (int at = chain.size() - 1; at >= 0; at--) {
            String address = chain.get(at);
            if (!ADDRESS.matcher(address).matches()) {
                break;
            }
            if (!trusted(address) || at == 0) {
                cleaned.add(new HttpField(HttpHeader.X_FORWARDED_FOR, address));
                break;
            }
        }
        return cleaned;
    }

    private boolean trusted(String address) {
        try {
            return known.test(InetAddress.getByName(address));
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** A request with other headers. */
    private static final class Cleaned extends Request.Wrapper {
        private final HttpFields headers;

        Cleaned(Request request, HttpFields headers) {
            super(request);
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
