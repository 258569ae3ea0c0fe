import type { Workload } from '../workloads/workload.ts';

/** A console from which whoever reaches it runs code or reads what the cluster does. */
interface Console {
  readonly name: string;
  /** End of the image's repository, whatever the registry or mirror; with its owner where the name alone is anybody's. */
  readonly image: RegExp;
  /** Ports it listens on: what the labels call so is the console only where one of these is served. */
  readonly ports: readonly number[];
  readonly labels?: readonly string[];
}

/**
 * Consoles that attackers look for: taken over in known campaigns (Tesla 2018 by the Kubernetes dashboard; Kubeflow, Weave Scope, Jupyter, Argo
 * Workflows and Ray by miners) or with power over code and clusters.
 * https://www.microsoft.com/en-us/security/blog/2020/04/02/attack-matrix-kubernetes/
 */
const CONSOLES: readonly Console[] = [
  { name: 'the Kubernetes dashboard', image: /(^|\/)(kubernetesui\/dashboard|kubernetes-dashboard)(-[a-z0-9]+)?$/, ports: [8443, 9090, 8000], labels: ['kubernetes-dashboard'] },
  { name: 'Argo CD', image: /(^|\/)argocd$/, ports: [8080, 8083], labels: ['argocd-server'] },
  { name: 'Argo Workflows', image: /(^|\/)argocli$/, ports: [2746], labels: ['argo-server', 'argo-workflows-server'] },
  { name: 'Headlamp', image: /(^|\/)headlamp$/, ports: [4466], labels: ['headlamp'] },
  { name: 'Octant', image: /(^|\/)octant$/, ports: [7777] },
  { name: 'Rancher', image: /(^|\/)rancher\/rancher$/, ports: [80, 443], labels: ['rancher'] },
  { name: 'Portainer', image: /(^|\/)portainer(-[ce]e)?$/, ports: [9000, 9443], labels: ['portainer'] },
  { name: 'Weave Scope', image: /(^|\/)weaveworks\/scope$/, ports: [4040], labels: ['weave-scope'] },
  { name: 'Kubeflow', image: /(^|\/)centraldashboard$/, ports: [8082], labels: ['centraldashboard'] },
  { name: 'the Tekton dashboard', image: /(^|\/)tektoncd\/dashboard(\/|$)/, ports: [9097], labels: ['tekton-dashboard'] },
  { name: 'Jenkins', image: /(^|\/)jenkins$/, ports: [8080, 50000], labels: ['jenkins', 'jenkins-controller'] },
  { name: 'Airflow', image: /(^|\/)(apache|bitnami)\/airflow$/, ports: [8080], labels: ['airflow'] },
  { name: 'Jupyter', image: /(^|\/)(jupyter|jupyterhub)\/[^/]+$/, ports: [8888, 8000], labels: ['jupyter', 'jupyterhub'] },
  { name: 'MLflow', image: /(^|\/)mlflow$/, ports: [5000], labels: ['mlflow'] },
  { name: 'Ray', image: /(^|\/)rayproject\/ray(-ml|-llm)?$/, ports: [8265, 10001], labels: ['kuberay'] },
  { name: 'Ollama', image: /(^|\/)ollama$/, ports: [11434], labels: ['ollama'] },
  { name: 'NiFi', image: /(^|\/)apache\/nifi$/, ports: [8443, 8080], labels: ['nifi'] },
  { name: 'Zeppelin', image: /(^|\/)zeppelin$/, ports: [8080], labels: ['zeppelin'] },
  { name: 'Prometheus', image: /(^|\/)prometheus$/, ports: [9090], labels: ['prometheus'] },
  { name: 'Alertmanager', image: /(^|\/)alertmanager$/, ports: [9093], labels: ['alertmanager'] },
  { name: 'Grafana', image: /(^|\/)grafana(-enterprise|-oss)?$/, ports: [3000], labels: ['grafana'] },
  { name: 'Kibana', image: /(^|\/)(kibana|opensearch-dashboards)$/, ports: [5601], labels: ['kibana', 'opensearch-dashboards'] },
  { name: 'Kiali', image: /(^|\/)kiali$/, ports: [20001], labels: ['kiali'] },
  { name: 'Hubble', image: /(^|\/)hubble-ui$/, ports: [8081], labels: ['hubble-ui'] },
  { name: 'Longhorn', image: /(^|\/)longhorn-ui$/, ports: [8000], labels: ['longhorn-ui'] },
  { name: 'phpMyAdmin', image: /(^|\/)phpmyadmin$/, ports: [80], labels: ['phpmyadmin'] },
  { name: 'Adminer', image: /(^|\/)adminer$/, ports: [8080], labels: ['adminer'] },
  { name: 'pgAdmin', image: /(^|\/)pgadmin4$/, ports: [80, 443], labels: ['pgadmin', 'pgadmin4'] },
  { name: 'Mongo Express', image: /(^|\/)mongo-express$/, ports: [8081], labels: ['mongo-express'] },
];

const NAME_LABELS = ['app.kubernetes.io/name', 'app', 'k8s-app'];

/** Which console a workload is: by its image, or by what its labels call it where it also serves the console's port. */
export function consoleOf({ labels, spec }: Workload): string | undefined {
  const containers = spec.containers ?? [];
  const images = containers.map(({ image }) => repositoryOf(image ?? ''));
  const byImage = CONSOLES.find((console) => images.some((image) => console.image.test(image)));
  if (byImage) return byImage.name;
  const called = NAME_LABELS.flatMap((key) => (Object.hasOwn(labels, key) ? [labels[key]!] : []));
  const served = new Set(containers.flatMap(({ ports }) => (ports ?? []).map(({ containerPort }) => containerPort)));
  return CONSOLES.find((console) => called.some((name) => console.labels?.includes(name)) && console.ports.some((port) => served.has(port)))?.name;
}

/** `registry.example.com:5000/mirror/grafana` of `registry.example.com:5000/mirror/grafana:11.2@sha256:…`. */
function repositoryOf(image: string): string {
  const name = image.split('@', 1)[0]!;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
