package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void is_read_as_host_and_port_or_as_an_address_with_its_scheme() {
        assertThat(Endpoint.of("erp.example.com:8069")).contains(new Endpoint("erp.example.com", 8069));
        assertThat(Endpoint.of("https://ERP.example.com/web?db=erp")).contains(new Endpoint("erp.example.com", 443));
        assertThat(Endpoint.of("smtp://mail.example.com:2525")).contains(new Endpoint("mail.example.com", 2525));
        assertThat(Endpoint.of("smtp://mail.example.com")).contains(new Endpoint("mail.example.com", 25));
        assertThat(Endpoint.of("[2001:db8::1]:443"))
                .contains(new Endpoint("2001:db8::1", 443))
                .hasValueSatisfying(endpoint -> assertThat(endpoint).hasToString("[2001:db8::1]:443"));
    }

    @Test
    void is_nothing_without_a_host_or_a_port() {
        assertThat(Endpoint.of("erp.example.com")).isEmpty();
        assertThat(Endpoint.of("gopher://erp.example.com")).isEmpty();
        assertThat(Endpoint.of("erp.example.com:0")).isEmpty();
        assertThat(Endpoint.of("erp.example.com:70000")).isEmpty();
        assertThat(Endpoint.of("-x:80")).isEmpty();
        assertThat(Endpoint.of("a b:80")).isEmpty();
        assertThat(Endpoint.of("")).isEmpty();
    }
}
