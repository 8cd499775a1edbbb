import { authoriseRefund } from './authorise-refund';
import { calculate } from './calculate';
import { cancelPendingOrder } from './cancel-pending-order';
import { closeCase } from './close-case';
import { exchangeDeliveredOrderItems } from './exchange-delivered-order-items';
import { fileReview } from './file-review';
import { findUserIdByEmail } from './find-user-id-by-email';
import { findUserIdByNameZip } from './find-user-id-by-name-zip';
import { getItemDetails } from './get-item-details';
import { getOrderDetails } from './get-order-details';
import { getProductDetails } from './get-product-details';
import { getUserDetails } from './get-user-details';
import { listAllProductTypes } from './list-all-product-types';
import { modifyPendingOrderAddress } from './modify-pending-order-address';
import { modifyPendingOrderItems } from './modify-pending-order-items';
import { modifyPendingOrderPayment } from './modify-pending-order-payment';
import { modifyUserAddress } from './modify-user-address';
import { openCase } from './open-case';
import { publishReport } from './publish-report';
import { readContract } from './read-contract';
import { readPlaybook } from './read-playbook';
import { returnDeliveredOrderItems } from './return-delivered-order-items';
import { sendMail } from './send-mail';
import { settleRefund } from './settle-refund';
import { transferToHumanAgents } from './transfer-to-human-agents';

/** The catalogue of tools: one line each. */
export const tools = {
  readContract,
  readPlaybook,
  publishReport,
  fileReview,
  openCase,
  closeCase,
  findUserIdByEmail,
  findUserIdByNameZip,
  getUserDetails,
  getOrderDetails,
  getProductDetails,
  getItemDetails,
  listAllProductTypes,
  calculate,
  cancelPendingOrder,
  modifyPendingOrderAddress,
  modifyPendingOrderPayment,
  modifyPendingOrderItems,
  returnDeliveredOrderItems,
  exchangeDeliveredOrderItems,
  modifyUserAddress,
  transferToHumanAgents,
  authoriseRefund,
  settleRefund,
  sendMail,
};

export type Tools = typeof tools;
