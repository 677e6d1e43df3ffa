"""BIMData's Python client of the classic edition, 2.13.0, against the simulator: values compared.

Usage: classic_client.py EDITION URL KEY, where URL is a simulator of that edition that has just started with its demo
data. On the classic edition each of the client's 22 cloud operations must be answered; on the current one, those that it
has left.
"""

import datetime
import inspect
import sys

from bimdata_api_client import ApiClient, CloudApi, Configuration
from bimdata_api_client.models import Cloud, CloudInvitation, Processor, UserCloudUpdate
from checking import DEMO_PROJECT_SIZE, GIGABYTE, HAUSSMANN, NOT_FOUND, Recorder, equal, recent, refused, run


def operations():
    """The names of the operations that the client offers."""
    methods = (name for name, _ in inspect.getmembers(CloudApi, inspect.isfunction))
    return {name for name in methods if not name.startswith("_") and not name.endswith("_with_http_info")}


class Classic:
    """In the order of a story: each check may rely on those before it."""

    def __init__(self, api, anonymous):
        self.api = api
        self.anonymous = anonymous

    def get_clouds(self):
        clouds = self.api.get_clouds()
        equal([cloud.id for cloud in clouds], list(range(1, 15)))
        equal([cloud.name for cloud in clouds[:3]], ["Gare du Nord, extension", "東京駅 再開発", "Haussmann Tower"])
        equal([cloud.is_default for cloud in clouds], [True] + [False] * 13)
        equal(clouds[0].creator, None)
        error = refused(
            401, {"detail": "Authentication credentials were not provided."}, lambda: self.anonymous.get_clouds()
        )
        equal(error.headers["WWW-Authenticate"], 'Bearer realm="api"')

    def get_cloud(self):
        cloud = self.api.get_cloud(HAUSSMANN)
        equal((cloud.id, cloud.name, cloud.is_default), (3, "Haussmann Tower", False))
        equal(
            [(feature.name, feature.viewer_url) for feature in cloud.features],
            [("bcf", None), ("pointcloud", "https://viewer.bimdata.io/plugins/pointcloud")],
        )
        equal((cloud.creator.email, cloud.creator.firstname), ("ada@atelier.example", "Ada"))
        utc = datetime.timezone.utc
        equal(cloud.created_at.astimezone(utc), datetime.datetime(2021, 12, 28, 9, 42, 55, 382771, utc))
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(999))

    def create_cloud(self):
        cloud = self.api.create_cloud(Cloud(name="  Île de Nantes  "))
        equal((cloud.id, cloud.name, cloud.features, cloud.creator), (15, "Île de Nantes", [], None))
        equal((cloud.is_default, cloud.created_at), (False, cloud.updated_at))
        recent(cloud.created_at)
        equal(self.api.get_clouds()[-1], cloud)
        refused(400, {"name": ["This field is required."]}, lambda: self.api.create_cloud({}))
        refused(400, {"name": ["This field may not be blank."]}, lambda: self.api.create_cloud({"name": " "}))

    def update_cloud(self):
        cloud = self.api.update_cloud(15, Cloud(name="Île de Nantes, tranche 2"))
        equal((cloud.id, cloud.name), (15, "Île de Nantes, tranche 2"))
        equal(self.api.update_cloud(15, {"id": 99, "is_default": True}).to_dict()["name"], cloud.name)
        equal((self.api.get_cloud(15).id, self.api.get_cloud(15).is_default), (15, False))
        refused(400, {"name": ["This field may not be null."]}, lambda: self.api.update_cloud(15, {"name": None}))

    def full_update_cloud(self):
        equal(self.api.full_update_cloud(15, Cloud(name="Nantes")).name, "Nantes")
        equal(self.api.get_cloud(15).name, "Nantes")
        too_long = {"name": ["Ensure this field has no more than 256 characters."]}
        refused(400, too_long, lambda: self.api.full_update_cloud(15, {"name": "é" * 257}))
        refused(400, {"name": ["This field is required."]}, lambda: self.api.full_update_cloud(15, {}))

    def get_cloud_size(self):
        equal(self.api.get_cloud_size(HAUSSMANN), 512 * GIGABYTE)
        equal(self.api.get_cloud_size(15), 0)

    def create_demo(self):
        project = self.api.create_demo(15)
        equal((project.id, project.name, project.status, project.logo), (1, "Demo", "A", None))
        equal((project.parent_id, project.root_folder_id), (None, "1"))
        equal(project.cloud, self.api.get_cloud(15))
        recent(project.created_at)
        equal(self.api.get_cloud_size(15), DEMO_PROJECT_SIZE)
        refused(404, NOT_FOUND, lambda: self.api.create_demo(999))

    def get_cloud_users(self):
        users = self.api.get_cloud_users(HAUSSMANN)
        equal(len(users), 48)
        equal(
            [(user.id, user.firstname, user.lastname, user.cloud_role) for user in users[:4]],
            [
                (101, "Ada", "Lovelace", 100),
                (102, "Grace", "Hopper", 50),
                (103, "Ørjan", "Ødegård", 50),
                (104, "Šárka", "Nováková", 50),
            ],
        )
        equal(self.api.get_cloud_users(15), [])

    def get_cloud_user(self):
        user = self.api.get_cloud_user(HAUSSMANN, "102")
        equal((user.email, user.company, user.project_role), ("grace@beton.example", "Béton & Fils", None))
        equal(user, self.api.get_cloud_users(HAUSSMANN)[1])
        refused(404, NOT_FOUND, lambda: self.api.get_cloud_user(15, "102"))

    def update_cloud_user(self):
        equal(self.api.update_cloud_user(HAUSSMANN, "102", UserCloudUpdate(role=100)).cloud_role, 100)
        equal(self.api.get_cloud_user(HAUSSMANN, "102").cloud_role, 100)
        refused(
            400,
            {"role": ['"7" is not a valid choice.']},
            lambda: self.api.update_cloud_user(HAUSSMANN, "102", UserCloudUpdate(role=7)),
        )

    def full_update_cloud_user(self):
        equal(self.api.full_update_cloud_user(HAUSSMANN, "102", UserCloudUpdate(role=50)).cloud_role, 50)
        equal(self.api.get_cloud_users(HAUSSMANN)[1].cloud_role, 50)

    def delete_cloud_user(self):
        equal(self.api.delete_cloud_user(HAUSSMANN, "104"), None)
        equal([user.id for user in self.api.get_cloud_users(HAUSSMANN)[:4]], [101, 102, 103, 105])
        refused(404, NOT_FOUND, lambda: self.api.delete_cloud_user(HAUSSMANN, "104"))

    def get_cloud_invitations(self):
        invitation = self.api.get_cloud_invitations(HAUSSMANN)[0]
        equal(
            invitation.to_dict(),
            {
                "id": 31,
                "email": "new.admin@example.org",
                "redirect_uri": "https://platform.bimdata.io/cloud/3",
                "role": 100,
            },
        )

    def invite_cloud_user(self):
        wanted = CloudInvitation(email="maire@nantes.example", redirect_uri="https://platform.bimdata.io/cloud/15")
        invitation = self.api.invite_cloud_user(15, wanted)
        equal((invitation.email, invitation.redirect_uri, invitation.role), (wanted.email, wanted.redirect_uri, 100))
        equal(self.api.invite_cloud_user(15, wanted), invitation)
        equal(self.api.get_cloud_invitations(15), [invitation])
        refused(
            400,
            {"email": ["Enter a valid email address."], "redirect_uri": ["This field is required."]},
            lambda: self.api.invite_cloud_user(15, {"email": "maire"}),
        )
        refused(
            400,
            {"already_exists": "This user is already a member of Haussmann Tower."},
            lambda: self.api.invite_cloud_user(
                HAUSSMANN, CloudInvitation(email="ada@atelier.example", redirect_uri="https://example.org")
            ),
        )

    def cancel_cloud_user_invitation(self):
        invitation = self.api.get_cloud_invitations(15)[0]
        equal(self.api.cancel_cloud_user_invitation(15, str(invitation.id)), None)
        equal(self.api.get_cloud_invitations(15), [])
        refused(
            404, NOT_FOUND, lambda: self.api.cancel_cloud_user_invitation(15, str(invitation.id))
        )

    def cloud_processor_list(self):
        found = [(step.id, step.name, step.parent_processors) for step in self.api.cloud_processor_list(HAUSSMANN)]
        equal(
            found,
            [
                (31, "extract", []),
                (32, "gltf", [31]),
                (33, "svg", [32]),
                (34, "preview", [32]),
                (35, "xkt", [32]),
            ],
        )

    def cloud_processor_create(self):
        extract = self.api.cloud_processor_create(15, Processor(name="extract"))
        equal((extract.name, extract.parent_processors), ("extract", []))
        gltf = self.api.cloud_processor_create(15, Processor(name="gltf", parent_processors=[extract.id]))
        equal((gltf.name, gltf.parent_processors), ("gltf", [extract.id]))
        equal(self.api.cloud_processor_list(15), [extract, gltf])
        refused(
            400,
            {"parent_processors": ['Invalid pk "31" - object does not exist.']},
            lambda: self.api.cloud_processor_create(15, Processor(name="svg", parent_processors=[31])),
        )

    def cloud_processor_read(self):
        extract, gltf = self.api.cloud_processor_list(15)
        equal(self.api.cloud_processor_read(15, str(gltf.id)), gltf)
        refused(404, NOT_FOUND, lambda: self.api.cloud_processor_read(HAUSSMANN, str(extract.id)))

    def cloud_processor_partial_update(self):
        extract, gltf = self.api.cloud_processor_list(15)
        renamed = self.api.cloud_processor_partial_update(15, str(gltf.id), {"name": "gltf-2"})
        equal((renamed.id, renamed.name, renamed.parent_processors), (gltf.id, "gltf-2", [extract.id]))
        refused(
            400,
            {"parent_processors": ["gltf-2 can't be a parent: it runs after this processor."]},
            lambda: self.api.cloud_processor_partial_update(15, str(extract.id), {"parent_processors": [gltf.id]}),
        )

    def cloud_processor_update(self):
        extract, gltf = self.api.cloud_processor_list(15)
        replaced = self.api.cloud_processor_update(15, str(gltf.id), Processor(name="glb", parent_processors=[]))
        equal((replaced.name, replaced.parent_processors), ("glb", []))
        linked = self.api.cloud_processor_update(
            15, str(gltf.id), Processor(name="glb", parent_processors=[extract.id])
        )
        equal(self.api.cloud_processor_read(15, str(gltf.id)), linked)

    def cloud_processor_delete(self):
        extract, glb = self.api.cloud_processor_list(15)
        equal(self.api.cloud_processor_delete(15, str(extract.id)), None)
        left = self.api.cloud_processor_list(15)
        equal([(step.id, step.parent_processors) for step in left], [(glb.id, [])])

    def delete_cloud(self):
        equal(self.api.delete_cloud(15), None)
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(15))
        equal(len(self.api.get_clouds()), 14)


class Current:
    """What the client has in common with the edition of today, and what it is told of the rest."""

    def __init__(self, api, anonymous):
        self.api = api
        self.anonymous = anonymous

    def get_clouds(self):
        clouds = self.api.get_clouds()
        equal([cloud.id for cloud in clouds], list(range(1, 15)))
        equal(clouds[1].name, "東京駅 再開発")
        refused(
            401, {"detail": "Authentication credentials were not provided."}, lambda: self.anonymous.get_clouds()
        )

    def get_cloud(self):
        cloud = self.api.get_cloud(HAUSSMANN)
        equal((cloud.id, cloud.name, cloud.creator.email), (3, "Haussmann Tower", "ada@atelier.example"))
        equal(cloud, self.api.get_clouds()[2])

    def create_cloud(self):
        cloud = self.api.create_cloud(Cloud(name="Nantes"))
        equal((cloud.id, cloud.name, cloud.creator), (15, "Nantes", None))

    def update_cloud(self):
        equal(self.api.update_cloud(15, Cloud(name="Île de Nantes")).name, "Île de Nantes")
        equal(self.api.get_cloud(15).name, "Île de Nantes")

    def full_update_cloud(self):
        gone = {"detail": 'Method "PUT" not allowed.'}
        refused(405, gone, lambda: self.api.full_update_cloud(15, Cloud(name="Nantes")))

    def get_cloud_size(self):
        # Declared a number, which the client doesn't insist on.
        size = self.api.get_cloud_size(HAUSSMANN)
        equal((size["total_size"], size["total_size_available"]), (512 * GIGABYTE, 1024 * GIGABYTE))

    def create_demo(self):
        project = self.api.create_demo(15)
        equal((project.id, project.name, project.cloud.id, project.root_folder_id), (1, "Demo", 15, "1"))

    def get_cloud_users(self):
        users = self.api.get_cloud_users(HAUSSMANN)
        equal(len(users), 48)
        equal([(user.id, user.company, user.cloud_role) for user in users[:2]], [(101, None, 100), (102, None, 50)])

    def get_cloud_user(self):
        gone = {"detail": 'Method "GET" not allowed.'}
        refused(405, gone, lambda: self.api.get_cloud_user(HAUSSMANN, "102"))

    def update_cloud_user(self):
        # The field has another name now, and what isn't known is ignored.
        equal(self.api.update_cloud_user(HAUSSMANN, "102", UserCloudUpdate(role=100)).cloud_role, 50)
        equal(self.api.update_cloud_user(HAUSSMANN, "102", {"cloud_role": 100}).cloud_role, 100)

    def full_update_cloud_user(self):
        gone = {"detail": 'Method "PUT" not allowed.'}
        refused(405, gone, lambda: self.api.full_update_cloud_user(HAUSSMANN, "102", UserCloudUpdate(role=50)))

    def delete_cloud_user(self):
        equal(self.api.delete_cloud_user(HAUSSMANN, "102"), None)
        equal([user.id for user in self.api.get_cloud_users(HAUSSMANN)[:2]], [101, 103])

    def invite_cloud_user(self):
        wanted = CloudInvitation(email="maire@nantes.example", redirect_uri="https://platform.bimdata.io/cloud/15")
        invitation = self.api.invite_cloud_user(15, wanted)
        equal((invitation.email, invitation.redirect_uri, invitation.role), (wanted.email, wanted.redirect_uri, 100))

    def get_cloud_invitations(self):
        equal([invitation.email for invitation in self.api.get_cloud_invitations(15)], ["maire@nantes.example"])

    def cancel_cloud_user_invitation(self):
        invitation = self.api.get_cloud_invitations(15)[0]
        equal(self.api.cancel_cloud_user_invitation(15, str(invitation.id)), None)
        equal(self.api.get_cloud_invitations(15), [])

    def processors_are_gone(self):
        refused(404, None, lambda: self.api.cloud_processor_list(HAUSSMANN))
        refused(404, None, lambda: self.api.cloud_processor_read(HAUSSMANN, "31"))
        refused(404, None, lambda: self.api.cloud_processor_create(HAUSSMANN, Processor(name="extract")))

    def delete_cloud(self):
        equal(self.api.delete_cloud(15), None)
        refused(404, NOT_FOUND, lambda: self.api.get_cloud(15))


def cloud_api(url, key=None):
    configuration = Configuration()
    configuration.host = url
    # Configurations share the dictionaries they start with.
    configuration.api_key, configuration.api_key_prefix = {}, {}
    if key:
        configuration.api_key["Authorization"] = key
        configuration.api_key_prefix["Authorization"] = "Bearer"
    return CloudApi(ApiClient(configuration))


def main():
    edition, url, key = sys.argv[1:]
    api = Recorder(cloud_api(url, key))
    if edition == "classic":
        run(Classic(api, cloud_api(url)), api, operations(), 22)
    else:
        gone = {"full_update_cloud", "full_update_cloud_user", "get_cloud_user"}
        left = {name for name in operations() - gone if "processor" not in name}
        run(Current(api, cloud_api(url)), api, left, 13)


if __name__ == "__main__":
    main()
