"""The vendor's Python SDK as a client of the mock: python list.py ENDPOINT AK SK INSTANCES"""

import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkmodelarts.v1 import ListHyperinstancesRequest, ModelArtsClient

endpoint, access_key, secret_key, instances = sys.argv[1:]
PROJECT = "0123456789abcdef0123456789abcdef"


def client(secret_key):
    credentials = BasicCredentials(access_key, secret_key, PROJECT)
    return ModelArtsClient.new_builder().with_credentials(credentials).with_endpoint(endpoint).build()


def list_all(limit):
    found = []
    while True:
        request = ListHyperinstancesRequest(limit=limit, offset=len(found), sort_key="updateTime", sort_dir="DESC")
        page = client(secret_key).list_hyperinstances(request)
        found += page.data
        if len(found) >= page.total or not page.data:
            return found


for limit in (1, 10, 1024):
    found = list_all(limit)
    assert len({item.id for item in found}) == len(found) == int(instances), (limit, len(found))
    assert [item.update_at for item in found] == sorted((item.update_at for item in found), reverse=True)
    print(f"limit {limit}: {len(found)} instances, {sum(len(item.servers) for item in found)} servers")

try:
    client("a wrong key").list_hyperinstances(ListHyperinstancesRequest())
    sys.exit("a wrong key was accepted")
except ClientRequestException as error:
    assert error.status_code == 401, error
    assert error.error_code == "APIGW.0301", error
    assert len(error.request_id) == 32, error
    print(f"wrong key: {error.status_code} {error.error_code}, request id {error.request_id}")

try:
    client(secret_key).list_hyperinstances(ListHyperinstancesRequest(limit=1025))
    sys.exit("a limit of 1025 was accepted")
except ClientRequestException as error:
    assert (error.status_code, error.error_code) == (400, "ModelArts.0104"), error
    print(f"limit 1025: {error.status_code} {error.error_code}: {error.error_msg}")
