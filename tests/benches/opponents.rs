//! What we compare with: the generator's own types, and structs of plain strings that check nothing.

/// The types of stock progenitor from the same document.
#[allow(clippy::all, clippy::pedantic, clippy::unwrap_used, missing_docs, unreachable_pub, dead_code)]
pub(crate) mod stock {
    include!(concat!(env!("OUT_DIR"), "/stock.rs"));
}

/// Every field of the document as a string, a number or a list.
#[allow(dead_code, clippy::struct_field_names, reason = "decoded and dropped; named as on the wire")]
pub(crate) mod plain {
    use std::collections::HashMap;

    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(crate) struct Page {
        pub(crate) current: Option<i64>,
        pub(crate) data: Option<Vec<Hyperinstance>>,
        pub(crate) pages: Option<i64>,
        pub(crate) size: Option<i64>,
        pub(crate) total: Option<i64>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Hyperinstance {
        pub(crate) create_at: Option<i64>,
        pub(crate) hps_cluster_id: Option<String>,
        pub(crate) hps_id: Option<String>,
        pub(crate) id: Option<String>,
        pub(crate) name: Option<String>,
        pub(crate) order_id: Option<String>,
        pub(crate) servers: Option<Vec<Server>>,
        pub(crate) status: Option<String>,
        pub(crate) update_at: Option<i64>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Server {
        pub(crate) category: Option<String>,
        pub(crate) charging_mode: Option<String>,
        pub(crate) cloud_server: Option<CloudServer>,
        pub(crate) create_at: Option<i64>,
        pub(crate) endpoints: Option<Vec<EndpointsRes>>,
        pub(crate) endpoints_response: Option<Vec<Endpoints>>,
        pub(crate) flavor: Option<String>,
        pub(crate) id: Option<String>,
        pub(crate) image: Option<Image>,
        pub(crate) key_pair_name: Option<String>,
        pub(crate) name: Option<String>,
        pub(crate) order_id: Option<String>,
        pub(crate) server_hps: Option<Hps>,
        pub(crate) server_image_response: Option<Image>,
        pub(crate) status: Option<String>,
        pub(crate) subnet_id: Option<String>,
        pub(crate) update_at: Option<i64>,
        pub(crate) volumes: Option<Vec<Volume>>,
        pub(crate) vpc_id: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct CloudServer {
        pub(crate) hps_ecs_id: Option<String>,
        pub(crate) hps_id: Option<String>,
        pub(crate) id: Option<String>,
        pub(crate) r#type: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Endpoints {
        pub(crate) allowed_access_ips: Option<Vec<String>>,
        pub(crate) dev_service: Option<String>,
        pub(crate) extensions: Option<HashMap<String, String>>,
        pub(crate) ssh_keys: Option<Vec<String>>,
    }

    #[derive(Deserialize)]
    pub(crate) struct EndpointsRes {
        pub(crate) allowed_access_ips: Option<Vec<String>>,
        pub(crate) dev_service: Option<String>,
        pub(crate) key_pair_names: Option<Vec<String>>,
        pub(crate) service: Option<String>,
        pub(crate) ssh_keys: Option<Vec<String>>,
        pub(crate) uri: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Image {
        pub(crate) arch: Option<String>,
        pub(crate) image_id: Option<String>,
        pub(crate) name: Option<String>,
        pub(crate) server_type: Option<String>,
        pub(crate) status: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Hps {
        pub(crate) id: Option<String>,
        pub(crate) name: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Volume {
        pub(crate) evs_id: Option<String>,
        pub(crate) evs_type: Option<String>,
        pub(crate) size: Option<i64>,
        pub(crate) r#type: Option<String>,
    }
}
