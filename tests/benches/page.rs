//! The page that is decoded: 1,024 instances of 48 servers, each field of the documented example, about 32 MB.

const INSTANCES: usize = 1024;
const SERVERS: usize = 48;

pub(crate) fn page() -> String {
    let mut next = 0_u128;
    let mut uuid = || {
        // Multiplying by an odd number visits every value once.
        next = next.wrapping_add(1);
        let hex = format!("{:032x}", next.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
        format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
    };
    let instances: Vec<String> = (0..INSTANCES)
        .map(|instance| {
            let (id, hps) = (uuid(), uuid());
            let name = format!("devserver-hps-{instance}");
            let servers: Vec<String> = (0..SERVERS)
                .map(|server| {
                    format!(
                        r#"{{"charging_mode":"PRE_PAID","cloud_server":{{"hps_id":"{hps}","id":"{}","type":"HPS"}},"create_at":1731055875840,"endpoints":[{{"service":"SSH","uri":"10.1.0.{server}"}}],"flavor":"kat3ne-8.48xlarge.8.800t.matrix","id":"{}","image":{{"image_id":"{}"}},"key_pair_name":"KeyPair-hps","name":"{name}-{server}","order_id":"CS2411081650G9B6Z","server_hps":{{"id":"{id}","name":"{name}"}},"status":"RUNNING","update_at":1731209918651,"vpc_id":"{}"}}"#,
                        uuid(), uuid(), uuid(), uuid(),
                    )
                })
                .collect();
            format!(
                r#"{{"create_at":1731055875839,"hps_cluster_id":"{}","hps_id":"{hps}","id":"{id}","name":"{name}","order_id":"CS2411081650G9B6Z","servers":[{}],"status":"ACTIVE","update_at":1731209918651}}"#,
                uuid(),
                servers.join(","),
            )
        })
        .collect();
    format!(r#"{{"current":0,"data":[{}],"pages":1,"size":1024,"total":1024}}"#, instances.join(","))
}
