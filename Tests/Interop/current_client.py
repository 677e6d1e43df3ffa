"""BIMData's Python client of the current edition, 10.x, against the simulator: values compared.

Usage: current_client.py EDITION URL KEY, where URL is a simulator of that edition that has just started with its demo
data. On the current edition each operation that the client offers on clouds must be answered; the client refuses what its
documentation doesn't allow: other types, nulls, fields that are missing. On the classic edition it is told what the two
have in common.
"""

import datetime
import sys

from bimdata_api_client import ApiClient, ApiTypeError, Configuration
from bimdata_api_client.api.collaboration_api import CollaborationApi
from bimdata_api_client.model.cloud_invitation_request import CloudInvitationRequest
from bimdata_api_client.model.cloud_request import CloudRequest
from bimdata_api_client.model.patched_cloud_request import PatchedCloudRequest
from bimdata_api_client.model.patched_user_cloud_update_request import PatchedUserCloudUpdateRequest
from checking import DEMO_PROJECT_SIZE, GIGABYTE, HAUSSMANN, NOT_FOUND, Recorder, equal, recent, refused, run

# Of the paths under /cloud, those that are no operations on a cloud itself or on its people.
ELSEWHERE = {"check_access", "create_project", "get_projects"}


def operations(api):
    """The names of the operations that the client offers on clouds, their people and their invitations."""
    endpoints = {name.removesuffix("_endpoint"): value for name, value in vars(api).items() if name.endswith("_endpoint")}
    paths = {name: endpoint.settings["endpoint_path"] for name, endpoint in endpoints.items()}
    return {name for name, path in paths.items() if path.startswith("/cloud") and "/project/" not in path} - ELSEWHERE


def invitation(**fields):
    wanted = {"email": "maire@nantes.example", "redirect_uri": "https://platform.bimdata.io/cloud/15"}
    return CloudInvitationRequest(**{**wanted, **fields})


class Current:
    """In the order of a story: each check may rely on those before it."""

    def __init__(self, api, anonymous):
        self.api = api
        self.anonymous = anonymous

    def get_clouds(self):
        clouds = self.api.get_clouds()
        equal([cloud.id for cloud in clouds], list(range(1, 15)))
        equal([cloud.name for cloud in clouds[:3]], ["Gare du Nord, extension", "東京駅 再開発", "Haussmann Tower"])
        equal([cloud.is_default for cloud in clouds], [True] + [False] * 13)
        equal((clouds[0].creator, clouds[0].creator_app), (None, "skydeck-simulator"))
        error = refused(
            401, {"detail": "Authentication credentials were not provided."}, lambda: self.anonymous.get_clouds()
        )
        equal(error.headers["WWW-Authenticate"], 'Bearer realm="api"')

    def get_cloud(self):
        cloud = self.api.get_cloud(HAUSSMANN)
        equal(cloud, self.api.get_clouds()[2])
        equal((cloud.id, cloud.name, cloud.image, cloud.marketplace_apps), (3, "Haussmann Tower", None, []))
        equal(
            [(feature.name, feature.viewer_url) for feature in cloud.features],
            [("bcf", None), ("pointcloud", "https://viewer.bimdata.io/plugins/pointcloud")],
        )
        equal((cloud.creator["email"], cloud.creator_app), ("ada@atelier.example", None))
        equal((cloud.organization["id"], cloud.organization["is_personnal"]), (1, False))
        utc = datetime.timezone.utc
        equal(cloud.created_at.astimezone(utc), datetime.datetime(2021, 12, 28, 9, 42, 55, 382771, utc))
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(999))

    def every_cloud_can_be_read(self):
        for cloud in self.api.get_clouds():
            equal(self.api.get_cloud(cloud.id), cloud)
            size = self.api.get_cloud_size(cloud.id)
            equal(size.role, 50 if cloud.id == 13 else 100)
            equal({user.cloud_role for user in self.api.get_cloud_users(cloud.id)} <= {100, 50}, True)
            if cloud.id != 13:
                for pending in self.api.get_cloud_invitations(cloud.id):
                    equal((pending.role, pending.in_all_projects), (100, False))

    def create_cloud(self):
        cloud = self.api.create_cloud(CloudRequest(name="  Île de Nantes  "))
        equal((cloud.id, cloud.name, cloud.features, cloud.creator), (15, "Île de Nantes", [], None))
        equal((cloud.is_default, cloud.created_at), (False, cloud.updated_at))
        recent(cloud.created_at)
        equal(self.api.get_clouds()[-1], cloud)
        blank = {"name": ["This field may not be blank."]}
        refused(400, blank, lambda: self.api.create_cloud(CloudRequest(name=" ")))

    def update_cloud(self):
        cloud = self.api.update_cloud(15, patched_cloud_request=PatchedCloudRequest(name="Nantes"))
        equal((cloud.id, cloud.name), (15, "Nantes"))
        equal(self.api.get_cloud(15), cloud)

    def get_cloud_size(self):
        size = self.api.get_cloud_size(HAUSSMANN)
        equal((size.managed_by, size.role), ("ORGANIZATION", 100))
        equal((size.total_size, size.total_size_available), (512 * GIGABYTE, 1024 * GIGABYTE))
        equal((size.remaining_total_size, size.remaining_total_size_percent), (512 * GIGABYTE, 50))
        # Without a quota, and asked by somebody who is no administrator.
        size = self.api.get_cloud_size(11)
        equal((size.total_size, size.total_size_available), (94 * GIGABYTE, None))
        equal((size.remaining_total_size, size.remaining_total_size_percent), (None, None))
        size = self.api.get_cloud_size(13)
        equal((size.role, size.total_size, size.remaining_total_size_percent), (50, None, 66))

    def create_demo(self):
        project = self.api.create_demo(15)
        equal((project.id, project.name, project.status, project.logo), (1, "Demo", "A", None))
        equal((project.root_folder_id, project.main_model_id, project.description), (1, None, None))
        equal((project.cloud["id"], project.cloud["name"]), (15, "Nantes"))
        recent(project.created_at)
        equal(self.api.get_cloud_size(15).total_size, DEMO_PROJECT_SIZE)
        refused(404, NOT_FOUND, lambda: self.api.create_demo(999))

    def get_cloud_users(self):
        users = self.api.get_cloud_users(HAUSSMANN)
        equal(len(users), 48)
        equal(
            [(user.id, user.firstname, user.lastname, user.cloud_role, user.in_all_projects) for user in users[:4]],
            [
                (101, "Ada", "Lovelace", 100, True),
                (102, "Grace", "Hopper", 50, False),
                (103, "Ørjan", "Ødegård", 50, False),
                (104, "Šárka", "Nováková", 50, False),
            ],
        )
        equal((users[0].provider, len(users[0].sub), users[0].profile_picture), ("bimdataconnect", 36, None))
        found = self.api.get_cloud_users(HAUSSMANN, email__endswith="@yamato.example", email__startswith="sato")
        equal([user.email for user in found], ["sato.kenji@yamato.example"])
        equal(self.api.get_cloud_users(HAUSSMANN, email="nobody@x.example"), [])
        equal(self.api.get_cloud_users(15), [])

    def update_cloud_user(self):
        admin, user = PatchedUserCloudUpdateRequest(cloud_role=100), PatchedUserCloudUpdateRequest(cloud_role=50)
        changed = self.api.update_cloud_user(HAUSSMANN, 102, patched_user_cloud_update_request=admin)
        equal((changed.id, changed.email, changed.cloud_role), (102, "grace@beton.example", 100))
        equal(self.api.get_cloud_users(HAUSSMANN)[1].cloud_role, 100)
        equal(self.api.update_cloud_user(HAUSSMANN, 102, patched_user_cloud_update_request=user).cloud_role, 50)

    def delete_cloud_user(self):
        equal(self.api.delete_cloud_user(HAUSSMANN, 104), None)
        equal([user.id for user in self.api.get_cloud_users(HAUSSMANN)[:4]], [101, 102, 103, 105])
        refused(404, NOT_FOUND, lambda: self.api.delete_cloud_user(HAUSSMANN, 104))

    def get_cloud_invitations(self):
        equal(
            self.api.get_cloud_invitations(HAUSSMANN)[0].to_dict(),
            {
                "id": 31,
                "email": "new.admin@example.org",
                "redirect_uri": "https://platform.bimdata.io/cloud/3",
                "role": 100,
                "in_all_projects": False,
            },
        )

    def invite_cloud_user(self):
        first = self.api.invite_cloud_user(15, invitation(role=50, in_all_projects=True, project_role=25))
        equal((first.email, first.role, first.project_role), ("maire@nantes.example", 50, 25))
        equal((first.redirect_uri, first.in_all_projects), ("https://platform.bimdata.io/cloud/15", True))
        equal(self.api.invite_cloud_user(15, invitation()), first)
        second = self.api.invite_cloud_user(15, invitation(email="adjoint@nantes.example"))
        equal((second.role, second.in_all_projects), (100, False))
        equal(self.api.get_cloud_invitations(15), [first, second])
        required = {"project_role": ["This field is required."]}
        refused(400, required, lambda: self.api.invite_cloud_user(15, invitation(role=50, in_all_projects=True)))
        refused(
            400,
            {"already_exists": "This user is already a member of Haussmann Tower."},
            lambda: self.api.invite_cloud_user(HAUSSMANN, invitation(email="ada@atelier.example")),
        )

    def cancel_cloud_user_invitation(self):
        first, second = self.api.get_cloud_invitations(15)
        equal(self.api.cancel_cloud_user_invitation(15, first.id), None)
        equal(self.api.get_cloud_invitations(15), [second])
        refused(404, NOT_FOUND, lambda: self.api.cancel_cloud_user_invitation(15, first.id))

    def delete_cloud(self):
        equal(self.api.delete_cloud(15), None)
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(15))
        equal(len(self.api.get_clouds()), 14)


class Classic:
    """What the client has in common with the edition of 2019, which leaves out fields that it insists on."""

    def __init__(self, api, anonymous):
        self.api = api
        self.anonymous = anonymous

    def what_it_insists_on_is_missing(self):
        for call, field in [
            (lambda: self.api.get_clouds(), "marketplace_apps"),
            (lambda: self.api.get_cloud(HAUSSMANN), "marketplace_apps"),
            (lambda: self.api.get_cloud_users(HAUSSMANN), "profile_picture"),
        ]:
            try:
                result = call()
            except TypeError as error:
                equal(field in str(error), True)
            else:
                raise AssertionError(f"{field} is there: {result!r}")

    def get_cloud_size(self):
        try:
            result = self.api.get_cloud_size(HAUSSMANN)
        except ApiTypeError:
            return
        raise AssertionError(f"a size is no number to this client, yet it found {result!r}")

    def delete_cloud_user(self):
        equal(self.api.delete_cloud_user(HAUSSMANN, 104), None)
        refused(404, NOT_FOUND, lambda: self.api.delete_cloud_user(HAUSSMANN, 104))

    def invite_cloud_user(self):
        # Roles and projects are ignored there.
        pending = self.api.invite_cloud_user(7, invitation(role=50, in_all_projects=True))
        equal((pending.email, pending.redirect_uri), ("maire@nantes.example", "https://platform.bimdata.io/cloud/15"))
        equal(pending.role, 100)

    def get_cloud_invitations(self):
        equal([pending.email for pending in self.api.get_cloud_invitations(7)], ["maire@nantes.example"])
        equal(
            self.api.get_cloud_invitations(HAUSSMANN)[0].to_dict(),
            {
                "id": 31,
                "email": "new.admin@example.org",
                "redirect_uri": "https://platform.bimdata.io/cloud/3",
                "role": 100,
            },
        )

    def cancel_cloud_user_invitation(self):
        pending = self.api.get_cloud_invitations(7)[0]
        equal(self.api.cancel_cloud_user_invitation(7, pending.id), None)
        equal(self.api.get_cloud_invitations(7), [])

    def delete_cloud(self):
        equal(self.api.delete_cloud(7), None)
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(7))


def collaboration_api(url, key=None):
    configuration = Configuration(host=url)
    if key:
        configuration.api_key["ApiKey"] = key
        configuration.api_key_prefix["ApiKey"] = "ApiKey"
    return CollaborationApi(ApiClient(configuration))


def main():
    edition, url, key = sys.argv[1:]
    api = collaboration_api(url, key)
    recorder = Recorder(api)
    if edition == "current":
        run(Current(recorder, collaboration_api(url)), recorder, operations(api), 13)
    else:
        common = {"delete_cloud_user", "invite_cloud_user", "get_cloud_invitations", "cancel_cloud_user_invitation"}
        run(Classic(recorder, collaboration_api(url)), recorder, common | {"delete_cloud"}, 5)


if __name__ == "__main__":
    main()
