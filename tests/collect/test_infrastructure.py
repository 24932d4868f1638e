# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Helm charts, Terraform and CloudFormation, in files that are made here."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from ossay.collect import misconfiguration
from ossay.collect._documents import DocumentUnreadable
from ossay.collect._gathering import gather
from ossay.collect.misconfiguration.charts import charts_of, without_needs
from ossay.collect.misconfiguration.terraform import CHECKED, CHECKED_KINDS, read
from ossay.collect.security.places import View
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Tool
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import BlobFacts, Tree
from ossay.sandbox.running import Limits
from ossay.sandbox.toolbox import ADAPTERS, Tools
from tests.collect.trees import DictTree, MemoryFacts, given
from tests.tools import NoVisits

BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n}\n'
TOPIC = 'resource "aws_sns_topic" "t" {\n}\n'
STACK = (
    'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  T:\n'
    "    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub x\n"
)
CHART = "apiVersion: v2\nname: web\nversion: 0.1.0\n"
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
        - name: x
          image: {{ .Values.image }}
          securityContext:
            privileged: true
"""


def answers_of(
    files: Mapping[str, str] | DictTree,
    toolbox: Toolbox | None = None,
    memory: BlobFacts | None = None,
) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    tree = files if isinstance(files, DictTree) else DictTree(files)
    asked = replace(given(tree), toolbox=toolbox or Tools(), memory=memory)
    answered, tables = gather(misconfiguration.COLLECTOR, asked)
    return {each.fact.partition(".")[2]: each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


def unread(answers: dict[str, Answered]) -> dict[str, str]:
    items = observed(answers, "unread_files").items
    return {item.subject: item.note for item in items}


class Sayer(NoVisits):
    """A toolbox whose tool names some files and folders, and finds nothing."""

    def __init__(self, kinds: Mapping[str, str] | None = None) -> None:
        self.kinds = kinds or {}
        self.asked: list[list[str]] = []

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1")

    def version(self, name: str) -> Digest:
        return Digest(name)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked.append(list(paths))
        results = [
            {"Target": path, "Class": "config", "Type": kind}
            for path, kind in self.kinds.items()
        ]
        return Said(text=json.dumps({"Results": results}).encode())

    def is_settled(self) -> bool:
        return True


@pytest.mark.engine
def test_each_kind_is_examined_and_told_with_path_and_line() -> None:
    files = {
        "infra/main.tf": BUCKET + 'module "m" {\n  source = "../modules/topic"\n}\n',
        "infra/values.tf": 'variable "x" {\n  type = string\n}\n',
        "infra/terraform.tfvars": 'x = "y"\n',
        "modules/topic/main.tf": TOPIC,
        "modules/topic/out.tf": 'output "o" {\n  value = 1\n}\n',
        "top.tf": TOPIC,
        "aws/stack.yaml": STACK,
        "aws/stack.json": '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": '
        '{"T": {"Type": "AWS::SNS::Topic"}}}',
        "chart/Chart.yaml": CHART,
        "chart/values.yaml": "image: nginx:latest\nwants: false\n",
        "chart/templates/web.yaml": DEPLOYMENT,
        "chart/templates/_helpers.tpl": '{{ define "x" }}{{ end }}',
        "chart/templates/NOTES.txt": "thanks",
        "chart/templates/off.yaml": "{{ if .Values.wants }}\n"
        "apiVersion: v1\nkind: Pod\n{{ end }}\n",
    }

    answers, (table,) = answers_of(files)

    told = {(row[0], row[1], row[2]) for row in table.rows}
    assert ("infra/main.tf", "1", "AWS-0086") in told
    assert ("modules/topic/main.tf", "1", "AWS-0095") in told
    assert ("top.tf", "1", "AWS-0095") in told
    assert ("aws/stack.yaml", "3", "AWS-0095") in told
    assert ("aws/stack.json", "1", "AWS-0095") in told
    (privileged,) = observed(answers, "privileged").items
    assert (privileged.subject, privileged.line) == ("chart/templates/web.yaml", 12)
    (floating,) = observed(answers, "floating_images").items
    assert floating.subject == "chart/templates/web.yaml"
    assert unread(answers).keys() == {"chart/templates/off.yaml"}
    assert "sets nothing up" in unread(answers)["chart/templates/off.yaml"]
    assert observed(answers, "suppressed").value == 0
    assert len(table.rows) == len(set(table.rows))


@pytest.mark.engine
def test_sound_files_are_examined_and_give_zeros() -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n}\n',
        "m/v.tf": 'variable "x" {\n  type = string\n}\n',
        "chart/Chart.yaml": CHART,
        "chart/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\n"
        "metadata: {name: '{{ .Release.Name }}', namespace: web}\n",
        "stack.yml": STACK.replace("TopicName: !Sub", "KmsMasterKeyId: !Ref"),
    }

    answers, (table,) = answers_of(files)

    values = {name: observed(answers, name).value for name in answers}
    assert values == dict.fromkeys(values, 0)
    assert not any(observed(answers, name).missed for name in answers)
    assert table.rows == ()


@pytest.mark.engine
def test_what_the_candidate_would_hide_is_told_and_counted() -> None:
    files = {
        "infra/main.tf": "#trivy:ignore:AWS-0095\n" + TOPIC,
        "infra/.trivyignore": "AWS-0095\n",
        ".trivyignore": "AWS-0095\nKSV-0017\n",
        "trivy.yaml": "severity: [CRITICAL]\n",
        "policy/user.rego": "package user.x\ndeny[x] { true }\n",
        "chart/Chart.yaml": CHART,
        "chart/values.yaml": "image: nginx:1\n",
        "chart/.helmignore": "templates\n",
        "chart/templates/web.yaml": DEPLOYMENT,
    }

    answers, (table,) = answers_of(files)

    rules = {row[2] for row in table.rows}
    assert {"AWS-0095", "KSV-0017"} <= rules
    (hidden,) = observed(answers, "suppressed").items
    assert (hidden.subject, hidden.line) == ("infra/main.tf", 2)
    assert {row[5] for row in table.rows if row[2] == "AWS-0095"} == {"yes"}


@pytest.mark.engine
def test_what_is_not_there_is_not_taken_for_sound() -> None:
    files = {
        "infra/main.tf": 'module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n'
        "}\n",
        "infra/broken.tf": 'resource "aws_sns_topic" "t" {\n',
        "needy/Chart.yaml": CHART + "dependencies:\n  - name: redis\n"
        "    version: 1.0.0\n    repository: https://example.org/charts\n",
        "needy/templates/p.yaml": DEPLOYMENT.replace("{{ .Values.image }}", "a:1"),
        "asks/Chart.yaml": CHART,
        "asks/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n"
        '  name: {{ required "give x" .Values.x }}\n',
    }

    answers, _ = answers_of(files)

    assert unread(answers).keys() == {"infra/broken.tf", "asks/templates/c.yaml"}
    assert observed(answers, "findings").missed
    (privileged,) = observed(answers, "privileged").items
    assert privileged.subject == "needy/templates/p.yaml"


@pytest.mark.engine
def test_files_of_the_machine_are_not_read_for_a_candidate() -> None:
    files = {
        "main.tf": 'resource "aws_sns_topic" "t" {\n'
        '  name = file("/etc/passwd")\n}\n'
        'module "m" {\n  source = "../../../../etc"\n}\n',
        "chart/Chart.yaml": CHART,
        "chart/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n"
        '  name: {{ .Files.Get "/etc/passwd" | quote }}\n'
        '  a: {{ lookup "v1" "Secret" "default" "x" | quote }}\n'
        '  b: {{ getHostByName "example.org" | quote }}\n',
    }

    answers, tables = answers_of(files)

    assert "root:" not in repr((answers, tables))
    assert observed(answers, "findings").missed


@pytest.mark.engine
@pytest.mark.parametrize(
    "files",
    [
        {
            "chart/Chart.yaml": CHART,
            "chart/templates/c.yaml": "{{ range until 100000000 }}"
            '{{ range until 100000000 }}{{ "x" }}{{ end }}{{ end }}',
        },
        {"main.tf": TOPIC.replace("}", "  count = 100000000\n}")},
    ],
    ids=["template", "count"],
)
def test_settings_without_end_come_to_an_end_or_leave_gaps(
    files: dict[str, str],
) -> None:
    tight = Limits(cpu_seconds=6.0, memory_bytes=700_000_000)
    trivy = replace(ADAPTERS["trivy"], limits=tight)

    answers, _ = answers_of(files, Tools(adapters={"trivy": trivy}))

    del answers["set_aside"]
    for answer in answers.values():
        assert isinstance(answer, Gap) or (
            isinstance(answer, Observation) and (answer.missed or answer.value != 0)
        )


def test_where_a_tool_is_silent_of_a_chart_its_templates_were_not_examined() -> None:
    files = {"c/Chart.yaml": CHART, "c/templates/web.yaml": DEPLOYMENT}

    answers, _ = answers_of(files, Sayer())

    assert unread(answers) == {
        "c/templates/web.yaml": "trivy could not put its chart together"
    }
    assert observed(answers, "privileged").missed


def test_a_folder_that_the_tool_names_was_examined_with_all_that_it_calls() -> None:
    files = {
        "a/main.tf": 'module "x" {\n  source = "../b"\n}\n',
        "b/main.tf": 'module "x" {\n  source = "./c"\n}\n',
        "b/c/main.tf": TOPIC,
        "lone/main.tf": TOPIC,
    }

    answers, _ = answers_of(files, Sayer({"a": "terraform"}))

    assert unread(answers).keys() == {"lone/main.tf"}


@pytest.mark.parametrize(
    "source",
    [
        "terraform-aws-modules/vpc/aws",
        "git::https://example.org/x.git",
        "../../elsewhere",
        "./nothing",
        "${var.where}",
    ],
)
def test_a_module_that_is_kept_elsewhere_makes_counts_lower_bounds(
    source: str,
) -> None:
    text = f'module "x" {{\n  source = "{source}"\n}}\n'

    answers, _ = answers_of({"i/main.tf": text}, Sayer({"i": "terraform"}))

    assert unread(answers) == {}
    assert "kept elsewhere" in observed(answers, "findings").missed


@pytest.mark.parametrize(
    ("url", "is_far"),
    [
        ("https://example.org/x.yaml", True),
        ("!Sub https://${Bucket}/x.yaml", True),
        ("./child.yaml", False),
        ("child.yaml", False),
    ],
)
def test_a_stack_that_takes_in_another_from_elsewhere_is_a_lower_bound(
    url: str, is_far: bool
) -> None:
    text = (
        f"{STACK}  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        f"      TemplateURL: {url}\n"
    )

    answers, _ = answers_of({"s.yaml": text}, Sayer({"s.yaml": "cloudformation"}))

    assert bool(observed(answers, "findings").missed) is is_far


def test_tests_and_examples_are_told_apart_and_not_examined() -> None:
    files = {
        "internal/testdata/x/main.tf": TOPIC,
        "examples/stack.yaml": STACK,
        "tests/Dockerfile": "FROM alpine\n",
        "tests/other.yaml": "a: b\n",
        "test/chart/Chart.yaml": CHART,
        "test/chart/templates/web.yaml": DEPLOYMENT,
    }

    answers, tables = answers_of(files, Sayer())

    assert tables == ()
    assert observed(answers, "set_aside").value == 4
    del answers["set_aside"]
    assert all(isinstance(each, Inapplicable) for each in answers.values())


def test_a_chart_within_a_chart_is_part_of_it() -> None:
    files = {
        "c/Chart.yaml": CHART + "dependencies: [{name: sub, version: 1.0.0}]\n",
        "c/charts/sub/Chart.yaml": CHART.replace("web", "sub"),
        "c/charts/sub/templates/a.yaml": DEPLOYMENT,
    }
    toolbox = Sayer({"c/charts/sub/templates/a.yaml": "helm"})

    answers, _ = answers_of(files, toolbox)

    assert toolbox.asked == [sorted(files)]
    assert not observed(answers, "findings").missed


def test_many_charts_and_folders_are_told_apart() -> None:
    charts = {f"c/{n}/Chart.yaml": CHART for n in range(3_000)}
    tree = DictTree(charts | {f"t/{n}/main.tf": TOPIC for n in range(3_000)})
    folders = {f"t/{n}": "terraform" for n in range(1, 3_000)}

    found, _ = charts_of(View(tree=tree, part=""))
    answers, _ = answers_of(tree, Sayer(folders))

    assert [chart.paths for chart in found] == [(path,) for path in sorted(charts)]
    assert unread(answers).keys() == {"t/0/main.tf"}


def test_a_file_that_is_not_to_be_had_counts_once() -> None:
    gone = {"chart/Chart.yaml": "it is missing", "chart/values.yaml": "it is missing"}
    tree = DictTree({"main.tf": TOPIC}, unreadable=gone)

    answers, _ = answers_of(tree, Sayer({"main.tf": "terraform"}))

    assert observed(answers, "unread_files").value == 2


def test_a_chart_beside_those_within_another_is_one_of_its_own() -> None:
    names = ("", "charts/a/", "charts/", "b/", "b/charts/a/", "bb/charts/a/")
    files = {f"{folder}Chart.yaml": CHART for folder in names}

    found, _ = charts_of(View(tree=DictTree(files), part=""))

    assert [chart.folder for chart in found] == ["", "b/", "bb/charts/a/", "charts/"]


def test_a_chart_that_cannot_be_read_is_no_pass() -> None:
    files = {"c/Chart.yaml": "a: [1", "c/templates/a.yaml": DEPLOYMENT}

    answers, _ = answers_of(files, Sayer({"c/templates/a.yaml": "helm"}))

    assert unread(answers).keys() == {"c/Chart.yaml"}


def test_a_chart_that_needs_others_is_handed_over_without_saying_so() -> None:
    text = (
        b"name: a\ndependencies:\n# note\n- name: x\n  version: 1\n\n  - name: y\n"
        b"version: 1\n"
    )

    assert without_needs(text) == b"name: a\nversion: 1\n"
    assert without_needs(b"name: a\ndependencies: [{name: x}]\n") == b"name: a\n"


def test_files_that_did_not_change_are_not_asked_about_again() -> None:
    files = {"i/main.tf": TOPIC, "README.md": "one"}
    memory, toolbox = MemoryFacts(), Sayer({"i": "terraform"})
    first, _ = answers_of(files, toolbox, memory)

    second, _ = answers_of(files | {"README.md": "two"}, toolbox, memory)
    assert len(toolbox.asked) == 1
    assert second == first

    answers_of(files | {"i/main.tf": BUCKET}, toolbox, memory)
    assert len(toolbox.asked) == 2


def test_a_silent_tool_is_not_remembered() -> None:
    class Silent(Sayer):
        def ask(self, *_: object, **__: object) -> Said:
            raise ToolSilent("trivy took too long", may_pass=True)

    memory = MemoryFacts()
    answers, _ = answers_of({"i/main.tf": TOPIC}, Silent(), memory)
    again, _ = answers_of({"i/main.tf": TOPIC}, Sayer({"i": "terraform"}), memory)

    assert isinstance(answers["findings"], Gap)
    assert isinstance(again["findings"], Observation)


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ('module "a" {\n  source = "./b"\n}\n', [("./b", 2)]),
        ('module a { source = "./b" }\n', [("./b", 1)]),
        ('module "a" {\n  version = "1"\n  source = "x/y"\n}\n', [("x/y", 3)]),
        ('module "a" {\n  x = { source = "no" }\n}\n', [("", 1)]),
        ('# module "a" {\n/* module "b" {\n */\n', []),
        ('resource "m" "module" {\n  source = "no"\n}\n', []),
        (
            'x = <<EOT\nmodule "a" {\nEOT\nmodule "b" {\n  source = "./b"\n}\n',
            [("./b", 5)],
        ),
        ('x = "${"\\"}{"}"\nmodule "b" {\n  source = "./b"\n}\n', [("./b", 3)]),
        ('x = "$${"\nmodule "b" {\n  source = "./b"\n}\n', [("./b", 3)]),
        ('{"module": {"a": {"source": "x/y"}}}', [("x/y", 0)]),
        ('{"module": [{"a": [{"source": "x/y"}]}]}', [("x/y", 0)]),
        ("", []),
    ],
)
def test_modules_are_found_where_the_language_has_them(
    text: str, modules: list[tuple[str, int]]
) -> None:
    assert [(m.source, m.line) for m in read(text.encode()).modules] == modules


@pytest.mark.parametrize(
    "text",
    [
        *("a {", "a {\n]\n}", 'x = "a', 'x = "${"', "}", "/* a", "x = <<A\nb\n"),
        *('{"module": ', "(" * 10_000, '"${' * 10_000),
    ],
)
def test_a_file_of_terraform_that_is_not_whole_is_not_read(text: str) -> None:
    with pytest.raises(DocumentUnreadable):
        read(text.encode())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('resource "hcloud_server" "a" {\n}\n' + TOPIC, "hcloud"),
        ('{"resource": {"hcloud_server": {"a": {}}}}', "hcloud"),
        ('resource "random_id" "a" {\n}\n' + TOPIC, ""),
        ('data "hcloud_image" "a" {\n}\n' + TOPIC, ""),
        ('resource "oci_core_instance" "a" {\n}\n', "oci"),
        ('resource "kubernetes_pod" "a" {\n}\n', "kubernetes"),
        ('resource "kubernetes_network_policy" "a" {\n}\n', ""),
    ],
)
def test_what_the_tool_has_no_checks_for_was_not_examined(
    text: str, named: str
) -> None:
    path = "i/main.tf.json" if text.startswith("{") else "i/main.tf"

    answers, _ = answers_of({path: text}, Sayer({"i": "terraform"}))

    assert observed(answers, "findings").value == 0
    assert named in observed(answers, "findings").missed
    assert bool(observed(answers, "findings").missed) is bool(named)


_INGRESS = (
    '{\n spec {\n  pod_selector {}\n  policy_types = ["Ingress"]\n'
    '  ingress {\n   from {\n    ip_block {\n     cidr = "0.0.0.0/0"\n'
    "    }\n   }\n  }\n }\n}\n"
)
_WEAK = {
    "aws_sns_topic": "{\n}\n",
    "azurerm_storage_account": '{\n  min_tls_version = "TLS1_0"\n}\n',
    "google_storage_bucket": '{\n  location = "EU"\n}\n',
    "github_repository": '{\n  visibility = "public"\n}\n',
    "digitalocean_droplet": '{\n  image = "debian"\n}\n',
    "openstack_compute_instance_v2": '{\n  admin_pass = "of x"\n}\n',
    "nifcloud_security_group": '{\n  description = ""\n}\n',
    "cloudstack_instance": '{\n  user_data = "export PASSWORD=\\"of x\\""\n}\n',
    "kubernetes_network_policy": _INGRESS,
    "kubernetes_network_policy_v1": _INGRESS,
    "opc_compute_ip_address_reservation": '{\n  ip_address_pool = "public-ippool"\n}\n',
}
"""Of each provider, or kind, that counts as checked something to advise against."""


@pytest.mark.engine
def test_the_tool_has_checks_for_all_that_is_held_to_be_checked() -> None:
    files = {f"{kind}/a.tf": f'resource "{kind}" "a" {_WEAK[kind]}' for kind in _WEAK}

    answers, (table,) = answers_of(files)

    assert {row[0] for row in table.rows} == files.keys()
    assert not observed(answers, "findings").missed
    providers = {kind.partition("_")[0] for kind in _WEAK.keys() - CHECKED_KINDS}
    assert providers == CHECKED
    assert _WEAK.keys() >= CHECKED_KINDS


@pytest.mark.parametrize("path", ["main.tf", "s.template", "deploy/pod.yaml"])
def test_a_file_behind_a_link_is_a_gap(path: str) -> None:
    answers, _ = answers_of(DictTree({}, symlinks={path: "/etc/passwd"}), Sayer())

    assert all(isinstance(each, Gap) for each in answers.values())
