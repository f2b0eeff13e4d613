CREATE FUNCTION public.net_price(quantity numeric, price numeric, discount numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
  select round(quantity * price * (1 - discount / 100), 2);
$$;

CREATE TABLE public.res_currency (
    id serial NOT NULL,
    name character varying NOT NULL,
    symbol character varying NOT NULL,
    rounding numeric,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.res_country (
    id serial NOT NULL,
    code character varying(2),
    name jsonb NOT NULL,
    currency_id integer,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.res_company (
    id serial NOT NULL,
    name character varying NOT NULL,
    partner_id integer NOT NULL,
    currency_id integer NOT NULL,
    email character varying,
    active boolean,
    fiscalyear_last_day integer NOT NULL,
    fiscalyear_last_month character varying NOT NULL,
    create_uid integer,
    write_uid integer,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.res_partner (
    id serial NOT NULL,
    company_id integer,
    parent_id integer,
    country_id integer,
    commercial_partner_id integer,
    create_uid integer,
    write_uid integer,
    name character varying,
    complete_name character varying,
    ref character varying,
    lang character varying,
    type character varying,
    street character varying,
    zip character varying,
    city character varying,
    email character varying,
    phone character varying,
    active boolean,
    is_company boolean,
    supplier_rank integer,
    customer_rank integer,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT res_partner_check_name CHECK ((type::text = 'contact'::text AND name IS NOT NULL) OR type::text <> 'contact'::text)
);

CREATE TABLE public.res_users (
    id serial NOT NULL,
    company_id integer NOT NULL,
    partner_id integer NOT NULL,
    active boolean DEFAULT true,
    login character varying NOT NULL,
    password character varying,
    share boolean,
    notification_type character varying NOT NULL,
    create_uid integer,
    write_uid integer,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT res_users_notification_type CHECK (notification_type::text = 'email'::text OR NOT share)
);

CREATE TABLE public.uom_uom (
    id serial NOT NULL,
    name jsonb NOT NULL,
    factor double precision NOT NULL,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT uom_uom_factor_gt_zero CHECK (factor <> 0)
);

CREATE TABLE public.product_category (
    id serial NOT NULL,
    parent_id integer,
    name character varying NOT NULL,
    complete_name character varying,
    parent_path character varying,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.product_template (
    id serial NOT NULL,
    categ_id integer,
    uom_id integer NOT NULL,
    company_id integer,
    create_uid integer,
    write_uid integer,
    type character varying NOT NULL,
    default_code character varying,
    name jsonb NOT NULL,
    description_sale jsonb,
    list_price numeric,
    weight numeric,
    sale_ok boolean,
    purchase_ok boolean,
    active boolean,
    is_storable boolean,
    tracking character varying NOT NULL,
    invoice_policy character varying,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.product_product (
    id serial NOT NULL,
    product_tmpl_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    default_code character varying,
    barcode character varying,
    combination_indices character varying,
    standard_price jsonb,
    weight numeric,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_location (
    id serial NOT NULL,
    location_id integer,
    company_id integer,
    warehouse_id integer,
    name character varying NOT NULL,
    complete_name character varying,
    usage character varying NOT NULL,
    parent_path character varying,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_warehouse (
    id serial NOT NULL,
    company_id integer NOT NULL,
    partner_id integer,
    view_location_id integer NOT NULL,
    lot_stock_id integer NOT NULL,
    in_type_id integer,
    out_type_id integer,
    name character varying NOT NULL,
    code character varying(5) NOT NULL,
    reception_steps character varying NOT NULL,
    delivery_steps character varying NOT NULL,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_picking_type (
    id serial NOT NULL,
    warehouse_id integer,
    company_id integer NOT NULL,
    sequence_id integer,
    default_location_src_id integer NOT NULL,
    default_location_dest_id integer NOT NULL,
    sequence_code character varying NOT NULL,
    code character varying NOT NULL,
    name jsonb NOT NULL,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_picking (
    id serial NOT NULL,
    location_id integer NOT NULL,
    location_dest_id integer NOT NULL,
    picking_type_id integer NOT NULL,
    partner_id integer,
    company_id integer,
    user_id integer,
    create_uid integer,
    write_uid integer,
    sale_id integer,
    name character varying,
    origin character varying,
    move_type character varying NOT NULL,
    state character varying,
    priority character varying,
    scheduled_date timestamp without time zone,
    date_done timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_move (
    id serial NOT NULL,
    sequence integer,
    company_id integer NOT NULL,
    product_id integer NOT NULL,
    product_uom integer NOT NULL,
    location_id integer NOT NULL,
    location_dest_id integer NOT NULL,
    partner_id integer,
    picking_id integer,
    picking_type_id integer,
    warehouse_id integer,
    sale_line_id integer,
    create_uid integer,
    write_uid integer,
    state character varying,
    origin character varying,
    procure_method character varying NOT NULL,
    reference character varying,
    product_qty numeric,
    product_uom_qty numeric NOT NULL,
    quantity numeric,
    picked boolean,
    is_inventory boolean,
    price_unit double precision,
    date timestamp without time zone NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_move_line (
    id serial NOT NULL,
    picking_id integer,
    move_id integer,
    company_id integer NOT NULL,
    product_id integer,
    product_uom_id integer NOT NULL,
    location_id integer NOT NULL,
    location_dest_id integer NOT NULL,
    lot_id integer,
    create_uid integer,
    write_uid integer,
    state character varying,
    quantity numeric,
    quantity_product_uom numeric,
    picked boolean,
    date timestamp without time zone NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.stock_quant (
    id serial NOT NULL,
    product_id integer NOT NULL,
    company_id integer,
    location_id integer NOT NULL,
    lot_id integer,
    create_uid integer,
    write_uid integer,
    inventory_date date,
    quantity numeric,
    reserved_quantity numeric NOT NULL,
    in_date timestamp without time zone NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.sale_order (
    id serial NOT NULL,
    company_id integer NOT NULL,
    partner_id integer NOT NULL,
    partner_invoice_id integer NOT NULL,
    partner_shipping_id integer NOT NULL,
    currency_id integer,
    user_id integer,
    warehouse_id integer,
    create_uid integer,
    write_uid integer,
    access_token character varying,
    name character varying NOT NULL,
    state character varying,
    client_order_ref character varying,
    origin character varying,
    invoice_status character varying,
    delivery_status character varying,
    picking_policy character varying NOT NULL,
    validity_date date,
    note text,
    amount_untaxed numeric,
    amount_tax numeric,
    amount_total numeric,
    locked boolean,
    create_date timestamp without time zone,
    date_order timestamp without time zone NOT NULL,
    effective_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT sale_order_date_order_conditional_required CHECK ((state::text = 'sale'::text AND date_order IS NOT NULL) OR state::text <> 'sale'::text)
);

CREATE TABLE public.sale_order_line (
    id serial NOT NULL,
    order_id integer NOT NULL,
    sequence integer,
    company_id integer,
    currency_id integer,
    order_partner_id integer,
    salesman_id integer,
    product_id integer,
    product_uom_id integer,
    create_uid integer,
    write_uid integer,
    state character varying,
    display_type character varying,
    qty_delivered_method character varying,
    invoice_status character varying,
    name text NOT NULL,
    product_uom_qty numeric NOT NULL,
    price_unit numeric NOT NULL,
    discount numeric,
    price_subtotal numeric,
    qty_delivered numeric,
    qty_invoiced numeric,
    is_downpayment boolean,
    customer_lead double precision NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT sale_order_line_accountable_required_fields CHECK (display_type IS NOT NULL OR is_downpayment OR (product_id IS NOT NULL AND product_uom_id IS NOT NULL)),
    CONSTRAINT sale_order_line_price_adds_up CHECK (price_subtotal = public.net_price(product_uom_qty, price_unit, discount))
);

CREATE TABLE public.sale_order_line_invoice_rel (
    invoice_line_id integer NOT NULL,
    order_line_id integer NOT NULL
);

CREATE TABLE public.account_account (
    id serial NOT NULL,
    currency_id integer,
    account_type character varying NOT NULL,
    name jsonb NOT NULL,
    code_store jsonb,
    active boolean,
    reconcile boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.account_journal (
    id serial NOT NULL,
    default_account_id integer,
    company_id integer NOT NULL,
    currency_id integer,
    code character varying(5) NOT NULL,
    type character varying NOT NULL,
    name jsonb NOT NULL,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.account_tax (
    id serial NOT NULL,
    company_id integer NOT NULL,
    name jsonb NOT NULL,
    type_tax_use character varying NOT NULL,
    amount_type character varying NOT NULL,
    amount numeric NOT NULL,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.account_move (
    id serial NOT NULL,
    sequence_number integer,
    journal_id integer NOT NULL,
    company_id integer,
    partner_id integer,
    commercial_partner_id integer,
    currency_id integer NOT NULL,
    invoice_user_id integer,
    create_uid integer,
    write_uid integer,
    sequence_prefix character varying,
    name character varying,
    ref character varying,
    state character varying NOT NULL,
    move_type character varying NOT NULL,
    auto_post character varying NOT NULL,
    payment_reference character varying,
    payment_state character varying,
    invoice_partner_display_name character varying,
    invoice_origin character varying,
    date date NOT NULL,
    invoice_date date,
    invoice_date_due date,
    amount_untaxed numeric,
    amount_tax numeric,
    amount_total numeric,
    amount_residual numeric,
    posted_before boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.account_move_line (
    id serial NOT NULL,
    move_id integer NOT NULL,
    journal_id integer,
    company_id integer,
    company_currency_id integer,
    sequence integer,
    account_id integer,
    currency_id integer NOT NULL,
    partner_id integer,
    tax_line_id integer,
    product_id integer,
    product_uom_id integer,
    create_uid integer,
    write_uid integer,
    move_name character varying,
    parent_state character varying,
    name character varying,
    matching_number character varying,
    display_type character varying NOT NULL,
    date date,
    date_maturity date,
    debit numeric,
    credit numeric,
    balance numeric,
    amount_currency numeric,
    amount_residual numeric,
    quantity numeric,
    price_unit numeric,
    price_subtotal numeric,
    discount numeric,
    reconciled boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT account_move_line_check_credit_debit CHECK (credit * debit = 0),
    CONSTRAINT account_move_line_check_amount_currency_balance_sign CHECK ((balance <= 0 AND amount_currency <= 0) OR (balance >= 0 AND amount_currency >= 0))
);

CREATE TABLE public.ir_attachment (
    id serial NOT NULL,
    res_id integer,
    company_id integer,
    file_size integer,
    create_uid integer,
    write_uid integer,
    name character varying NOT NULL,
    res_model character varying,
    res_field character varying,
    type character varying NOT NULL,
    url character varying(1024),
    access_token character varying,
    store_fname character varying,
    checksum character varying(40),
    mimetype character varying,
    description text,
    index_content text,
    public boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    db_datas bytea,
    original_id integer
);

CREATE TABLE public.ir_config_parameter (
    id serial NOT NULL,
    create_uid integer,
    write_uid integer,
    key character varying NOT NULL,
    value text NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.ir_cron (
    id serial NOT NULL,
    ir_actions_server_id integer NOT NULL,
    user_id integer NOT NULL,
    interval_number integer NOT NULL,
    priority integer,
    cron_name character varying,
    interval_type character varying NOT NULL,
    active boolean,
    nextcall timestamp without time zone NOT NULL,
    lastcall timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT ir_cron_check_strictly_positive_interval CHECK (interval_number > 0)
);

CREATE TABLE public.ir_model_data (
    id serial NOT NULL,
    res_id integer,
    noupdate boolean DEFAULT false,
    name character varying NOT NULL,
    module character varying NOT NULL,
    model character varying NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.ir_mail_server (
    id serial NOT NULL,
    smtp_port integer,
    sequence integer,
    name character varying NOT NULL,
    smtp_host character varying,
    smtp_authentication character varying NOT NULL,
    smtp_user character varying,
    smtp_pass character varying,
    smtp_encryption character varying NOT NULL,
    smtp_debug boolean,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.fetchmail_server (
    id serial NOT NULL,
    port integer,
    priority integer,
    name character varying NOT NULL,
    state character varying,
    server character varying,
    server_type character varying NOT NULL,
    "user" character varying,
    password character varying,
    active boolean,
    is_ssl boolean,
    date timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.payment_provider (
    id serial NOT NULL,
    sequence integer,
    company_id integer NOT NULL,
    code character varying NOT NULL,
    state character varying NOT NULL,
    name jsonb NOT NULL,
    is_published boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.delivery_carrier (
    id serial NOT NULL,
    company_id integer,
    product_id integer NOT NULL,
    name jsonb NOT NULL,
    delivery_type character varying NOT NULL,
    fixed_price double precision,
    prod_environment boolean,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.ir_module_module (
    id serial NOT NULL,
    name character varying NOT NULL,
    author character varying,
    state character varying(16),
    latest_version character varying,
    shortdesc jsonb,
    application boolean DEFAULT false,
    demo boolean DEFAULT false,
    license character varying(32),
    sequence integer DEFAULT 100,
    auto_install boolean DEFAULT false,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.ir_sequence (
    id serial NOT NULL,
    number_next integer NOT NULL,
    number_increment integer NOT NULL,
    padding integer NOT NULL,
    company_id integer,
    name character varying NOT NULL,
    code character varying,
    implementation character varying NOT NULL,
    prefix character varying,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE TABLE public.ir_model (
    id serial NOT NULL,
    model character varying NOT NULL,
    "order" character varying NOT NULL,
    state character varying,
    name jsonb NOT NULL,
    transient boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);

CREATE SEQUENCE public.ir_sequence_001 AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

CREATE VIEW public.sale_report AS
 SELECT o.id AS order_id,
    o.name,
    o.date_order,
    o.partner_id,
    o.state,
    l.product_id,
    l.product_uom_qty,
    public.net_price(l.product_uom_qty, l.price_unit, l.discount) AS price_subtotal
   FROM public.sale_order o
     JOIN public.sale_order_line l ON l.order_id = o.id;

CREATE VIEW public.account_invoice_report AS
 SELECT m.id AS move_id,
    m.name,
    m.invoice_date,
    m.partner_id,
    m.payment_state,
    sum(l.credit) FILTER (WHERE l.display_type::text = 'product'::text) AS untaxed,
    sum(l.debit) AS total
   FROM public.account_move m
     JOIN public.account_move_line l ON l.move_id = m.id
  WHERE m.move_type::text = 'out_invoice'::text
  GROUP BY m.id, m.name, m.invoice_date, m.partner_id, m.payment_state;

CREATE MATERIALIZED VIEW public.sale_month AS
 SELECT date_trunc('month'::text, o.date_order) AS month,
    count(*) AS orders,
    sum(o.amount_untaxed) AS untaxed
   FROM public.sale_order o
  WHERE o.state::text = 'sale'::text
  GROUP BY date_trunc('month'::text, o.date_order)
  WITH NO DATA;

COMMENT ON TABLE public.sale_order IS 'Sales Order';
COMMENT ON TABLE public.stock_move IS 'Stock Move';
COMMENT ON TABLE public.account_move IS 'Journal Entry';
COMMENT ON TABLE public.ir_attachment IS 'Attachment';
