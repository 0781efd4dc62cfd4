import { guest } from "../contract/guest.ts";
import type { Plan } from "../plan/plan.ts";
import type { AnswerSettings } from "../unattend/settings.ts";
import type { BootstrapSettings } from "./bootstrap-settings.ts";
import type { ControllerArtifactSettings } from "./controller.ts";

/** The plan as the answer file wants it. */
export function answerSettings(plan: Plan): AnswerSettings {
  const { setup } = plan;
  return {
    family: plan.release.family,
    product: plan.release.product,
    build: plan.release.build,
    architecture: plan.release.architecture,
    firmware: plan.hardware.firmware,
    image: setup.image,
    productKey: setup.productKey,
    locale: {
      uiLanguage: setup.language,
      systemLocale: setup.locale.system,
      userLocale: setup.locale.user,
      inputLocale: setup.locale.keyboards.join(";"),
    },
    timeZone: setup.timeZone,
    computerName: setup.computerName,
    fullName: setup.fullName,
    organization: setup.organization,
    account: plan.account,
    administratorPassword: setup.administratorPassword,
    accounts: setup.accounts,
    disk: setup.disk,
    network: windowsNetwork(plan),
    driverFolders: [
      ...setup.virtioWin.map((folder) => `virtio-win\\${folder.replaceAll("/", "\\")}`),
      ...setup.driverFolders.map((name) => `drivers\\${name}`),
    ],
    behaviour: setup.behaviour,
    commands: setup.commands,
    extraSettings: setup.extraSettings,
    requirementBypass: setup.requirementBypass,
    networkBypass: setup.networkBypass,
  };
}

/** The plan as the guest's scripts want it. */
export function bootstrapSettings(plan: Plan): BootstrapSettings {
  return {
    family: plan.release.family,
    access: { kind: plan.access, ...plan.account },
    accounts: plan.setup.accounts,
    network: windowsNetwork(plan),
    behaviour: plan.setup.behaviour,
    desktop: plan.desktop,
    cygwin: plan.cygwin,
    firstLogon: plan.setup.commands.firstLogon,
    files: plan.setup.files,
  };
}

/** The plan as the controller's configuration wants it. */
export function controllerSettings(plan: Plan): ControllerArtifactSettings {
  return {
    access: plan.account,
    smbProtocol: plan.smbProtocol,
  };
}

function windowsNetwork(plan: Plan): AnswerSettings["network"] {
  return { mac: plan.hardware.nic.mac, address: guest.address, prefixLength: guest.prefixLength };
}
