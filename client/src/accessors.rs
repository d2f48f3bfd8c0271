//! What every reader of a listing would otherwise write again: absent lists read as empty ones, and of two fields
//! that mean the same, the one that is there.

use crate::types::{EndpointsRes, ServerHyperinstanceResponse, ServerImageResponse, ServerResponse};

impl ServerHyperinstanceResponse {
    /// The servers of the supernode; empty when the service sent none.
    #[must_use]
    pub fn servers(&self) -> &[ServerResponse] {
        self.servers.as_deref().unwrap_or_default()
    }
}

impl ServerResponse {
    /// The ways into the server; empty when the service sent none.
    #[must_use]
    pub fn endpoints(&self) -> &[EndpointsRes] {
        self.endpoints.as_deref().unwrap_or_default()
    }

    /// The image of the server: `image`, or its older form `server_image_response`.
    #[must_use]
    pub fn image(&self) -> Option<&ServerImageResponse> {
        self.image.as_ref().or(self.server_image_response.as_ref())
    }
}

impl EndpointsRes {
    /// The key pairs that open the server: `key_pair_names`, or its older form `ssh_keys`.
    #[must_use]
    pub fn key_pair_names(&self) -> &[String] {
        self.key_pair_names.as_deref().or(self.ssh_keys.as_deref()).unwrap_or_default()
    }
}
