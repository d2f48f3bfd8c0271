//! Instances that look real and are valid against the document: they are built from its strict types.
//!
//! An instance follows from the seed and its index alone, so that a page can be written without those before it.

use fastrand::Rng;
use hyperinstance_client::types::{
    ChargingMode, CloudServer, DevService, EndpointsRes, EvsType, HyperinstanceStatus, ImageArch, ImageStatus,
    ServerCategory, ServerHpsInfo, ServerHyperinstanceResponse, ServerImageResponse, ServerResponse, ServerStatus,
    ServerType, ServerVolume, Timestamp, Uuid, VolumeSize, VolumeType,
};

/// 2025-01-01T00:00:00Z in milliseconds.
const EPOCH: i64 = 1_735_689_600_000;
const HOUR: i64 = 3_600_000;
/// Instances are created within this many hours after [`EPOCH`].
const CREATED_WITHIN: i64 = 12_000;
/// And last changed within this many hours after that.
const UPDATED_WITHIN: i64 = 4_000;

const PURPOSES: [&str; 5] = ["train", "infer", "finetune", "eval", "research"];
const FLAVOR: &str = "kat3ne-8.48xlarge.8.800t.matrix";
const KEY_PAIR: &str = "KeyPair-hps";

/// When an instance was created and last changed, in milliseconds since 1970.
pub(super) fn times(seed: u64, index: usize) -> (i64, i64) {
    times_from(&mut rng(seed, index))
}

/// An instance as JSON.
pub(super) fn instance(seed: u64, index: usize, servers: usize) -> String {
    let rng = &mut rng(seed, index);
    let (created, updated) = times_from(rng);
    let (status, servers_status) = states(rng);
    let name = format!("{}-{index:04}", PURPOSES[rng.usize(..PURPOSES.len())]);
    let shared = Shared {
        created,
        updated,
        id: uuid(rng),
        hps_id: uuid(rng),
        vpc_id: uuid(rng),
        subnet_id: uuid(rng),
        image_id: uuid(rng),
        order_id: order_id(rng),
        block: rng.u8(..),
        name,
    };
    let instance = ServerHyperinstanceResponse {
        create_at: Some(Timestamp(created)),
        hps_cluster_id: Some(uuid(rng)),
        hps_id: Some(shared.hps_id.clone()),
        id: Some(shared.id.clone()),
        name: Some(valid(&shared.name)),
        order_id: Some(valid(&shared.order_id)),
        servers: Some((1..=servers).map(|number| server(rng, &shared, &servers_status, number)).collect()),
        status: Some(status),
        update_at: Some(Timestamp(updated)),
    };
    serde_json::to_string(&instance).expect("these types serialize")
}

/// What the servers of an instance have in common.
struct Shared {
    created: i64,
    updated: i64,
    id: Uuid,
    hps_id: Uuid,
    vpc_id: Uuid,
    subnet_id: Uuid,
    image_id: Uuid,
    order_id: String,
    /// Third number of the private addresses.
    block: u8,
    name: String,
}

fn server(rng: &mut Rng, shared: &Shared, status: &ServerStatus, number: usize) -> ServerResponse {
    // Even in a supernode that is active, a server may be stopped.
    let stopped = *status == ServerStatus::Running && rng.u8(..) < 8;
    let status = if stopped { ServerStatus::Stopped } else { status.clone() };
    ServerResponse {
        category: Some(ServerCategory::Hps),
        charging_mode: Some(ChargingMode::PrePaid),
        cloud_server: Some(CloudServer {
            hps_ecs_id: Some(uuid(rng)),
            hps_id: Some(shared.hps_id.clone()),
            id: Some(uuid(rng)),
            type_: Some(ServerType::Hps),
        }),
        create_at: Some(Timestamp(shared.created)),
        endpoints: Some(vec![EndpointsRes {
            allowed_access_ips: None,
            dev_service: None,
            key_pair_names: Some(vec![KEY_PAIR.to_owned()]),
            service: Some(DevService::Ssh),
            ssh_keys: None,
            uri: Some(format!("10.1.{}.{}", shared.block, number % 256)),
        }]),
        endpoints_response: None,
        flavor: Some(valid(FLAVOR)),
        id: Some(uuid(rng)),
        image: Some(ServerImageResponse {
            arch: Some(ImageArch::Arm),
            image_id: Some(shared.image_id.clone()),
            name: Some(valid("EulerOS-2.10-Arm-64bit-for-Snt9b23")),
            server_type: Some(ServerType::Hps),
            status: Some(ImageStatus::Active),
        }),
        key_pair_name: Some(valid(KEY_PAIR)),
        name: Some(valid(&format!("{}-{number}", shared.name))),
        order_id: Some(valid(&shared.order_id)),
        server_hps: Some(ServerHpsInfo { id: Some(shared.id.clone()), name: Some(valid(&shared.name)) }),
        server_image_response: None,
        status: Some(status),
        subnet_id: Some(shared.subnet_id.clone()),
        update_at: Some(Timestamp(shared.updated)),
        volumes: Some(vec![ServerVolume {
            evs_id: Some(uuid(rng)),
            evs_type: Some(EvsType::Gpssd),
            size: Some(VolumeSize::try_from(500_i64).expect("within the range of disks")),
            type_: Some(VolumeType::Root),
        }]),
        vpc_id: Some(shared.vpc_id.clone()),
    }
}

fn rng(seed: u64, index: usize) -> Rng {
    // Neighbouring indexes must not give neighbouring states.
    Rng::with_seed((seed ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(1))
}

fn times_from(rng: &mut Rng) -> (i64, i64) {
    let created = EPOCH + rng.i64(0..CREATED_WITHIN * HOUR);
    (created, created + rng.i64(0..UPDATED_WITHIN * HOUR))
}

/// The state of an instance, and that of its servers then. Most instances are active; each other state occurs.
fn states(rng: &mut Rng) -> (HyperinstanceStatus, ServerStatus) {
    match rng.u8(..100) {
        0..=3 => (HyperinstanceStatus::Provisioning, ServerStatus::Creating),
        4..=5 => (HyperinstanceStatus::Error, ServerStatus::CreateFailed),
        6..=7 => (HyperinstanceStatus::Reimaging, ServerStatus::Changingos),
        8..=9 => (HyperinstanceStatus::Terminating, ServerStatus::Deleting),
        10 => (HyperinstanceStatus::Terminated, ServerStatus::Deleted),
        _ => (HyperinstanceStatus::Active, ServerStatus::Running),
    }
}

/// A random UUID, version 4.
fn uuid(rng: &mut Rng) -> Uuid {
    let bits = rng.u128(..);
    let hex = format!("{bits:032x}");
    let variant = ["8", "9", "a", "b"][rng.usize(..4)];
    valid(&format!("{}-{}-4{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..]))
}

/// `CS`, the time of the order in ten digits, and five letters or digits.
fn order_id(rng: &mut Rng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let time = 2_501_010_000 + rng.u32(..9_000_000);
    let tail: String = (0..5).map(|_| char::from(LETTERS[rng.usize(..LETTERS.len())])).collect();
    format!("CS{time}{tail}")
}

/// A text as a type of the document.
fn valid<T: for<'t> TryFrom<&'t str, Error: std::fmt::Debug>>(text: &str) -> T {
    T::try_from(text).expect("this module writes only what the document allows")
}
